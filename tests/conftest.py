"""What every test runs under: no network beyond this machine; missing tools are named."""

from __future__ import annotations

import importlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

GOLDEN = Path(__file__).parent / "golden"
#: Whatever Chromium would otherwise ask of the network on its own account.
CHROMIUM_FLAGS = (
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    """Raise on any use of an address that is not this machine's own, from Python or from C."""
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = arguments[0]
    else:
        return
    if host is not None and not is_loopback(host):
        raise AssertionError(f"a test tried to reach {host!r}: {event}")


def is_loopback(host: object) -> bool:
    """Whether a host, as handed to the socket module, is this machine."""
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name in {"", "localhost"}:
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


sys.addaudithook(refuse_network)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-golden", action="store_true", help="write the golden files anew, not compare"
    )


@pytest.fixture(scope="session")
def require_tool() -> Callable[[str], str]:
    """Give the path of a program that a test reads results back with, such as qpdf.

    Without it the test is skipped, or fails when BRIEF_REQUIRE_TOOLS is set, as in .ci/run.
    """

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is not None:
            return path
        if os.environ.get("BRIEF_REQUIRE_TOOLS"):
            pytest.fail(f"{name} is not installed, and BRIEF_REQUIRE_TOOLS is set")
        pytest.skip(f"{name} is not installed")

    return find


@pytest.fixture(scope="session")
def require_module() -> Callable[[str], ModuleType]:
    """Give a library that a test reads results back with, such as rispy; else as require_tool."""

    def find(name: str) -> ModuleType:
        try:
            return importlib.import_module(name)
        except ModuleNotFoundError:
            if os.environ.get("BRIEF_REQUIRE_TOOLS"):
                pytest.fail(f"{name} is not installed, and BRIEF_REQUIRE_TOOLS is set")
            pytest.skip(f"{name} is not installed")

    return find


@pytest.fixture(scope="session")
def chromium(
    require_tool: Callable[[str], str], require_module: Callable[[str], ModuleType]
) -> Iterator[Browser]:
    """Debian's Chromium, or what is installed under that name, with a profile of its own."""
    program = require_tool("chromium")
    driver = require_module("playwright.sync_api")
    with driver.sync_playwright() as running:
        browser = running.chromium.launch(
            executable_path=program, chromium_sandbox=False, args=list(CHROMIUM_FLAGS)
        )
        yield browser
        browser.close()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Hold a text to tests/golden/<name>, or write it there under --write-golden."""

    def hold(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--write-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8"), f"{name}: if meant, run make golden"

    return hold
