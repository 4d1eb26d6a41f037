"""The pages that tests open in a browser, each written once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.renderers.pages import PAGES


@pytest.fixture(scope="session")
def page_uri(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Give the address of the file brief.html of one of tests.renderers.pages.PAGES."""
    folder = tmp_path_factory.mktemp("pages")

    def write(name: str) -> str:
        path: Path = folder / f"{name}.html"
        if not path.exists():
            path.write_bytes(PAGES[name]().content)
        return path.as_uri()

    return write
