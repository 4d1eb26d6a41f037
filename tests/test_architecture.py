"""The house keeps its shape: who may import whom, and what is nowhere to be found."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "briefing"
MODULES = {
    ".".join(("briefing", *path.relative_to(PACKAGE).with_suffix("").parts)): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
#: Floors from the ground up; a module imports from lower floors, and within its own folder.
FLOORS = (
    ("errors", "models", "faults"),
    ("config",),
    ("text",),
    ("rankers", "sections"),
    (
        "condense",
        "claims",
        "disagreements",
        "likeness",
        "citations",
        "placement",
        "repeats",
        "bottom_line",
        "copies",
        "descriptors",
        "budget",
        "settling",
        "independence",
        "questions",
        "sources",
        "schedule",
        "yardstick",
        "quotes",
    ),
    ("pipeline", "readers", "renderers", "edition", "verify", "explain", "export", "store"),
    ("deliverers", "record"),
    ("runner",),
    ("recurring",),
    ("cli",),
)
#: Pairs on one floor, the first of which builds on the second.
BESIDE = {
    ("errors", "models"),
    ("independence", "copies"),
    ("questions", "placement"),
    ("repeats", "likeness"),
    ("independence", "descriptors"),
    ("claims", "likeness"),
    ("budget", "settling"),
    ("settling", "citations"),
    ("settling", "sources"),
    ("settling", "quotes"),
    ("explain", "verify"),
    ("export", "edition"),
    ("export", "verify"),
}
FLOOR = {name: number for number, names in enumerate(FLOORS) for name in names}
PURE = {name for names in FLOORS[:5] for name in names} - {"faults"} | {"pipeline"}
#: The one module that may import each library; none of its types leaves it.
ADAPTERS = {
    "docx": {"briefing.renderers.docx_writer"},
    "Stemmer": {"briefing.text.words"},
    "nupunkt": {"briefing.text.boundaries"},
    "weasyprint": {"briefing.renderers.typesetting"},
    "trafilatura": {"briefing.readers.webpage"},
    "typer": {"briefing.cli"},
    "rich": {"briefing.cli"},
    "sqlalchemy": {"briefing.store"},
    "psycopg": {"briefing.store"},
    "cronsim": {"briefing.config.cron"},
    "pycountry": {"briefing.config.publishers"},
    "platformdirs": {"briefing.cli.state"},
    "css_inline": {"briefing.deliverers.message"},
    "smtplib": set(),  # deliverers/session speaks to servers, so that each stage is seen
    "yaml": {"briefing.config", "briefing.readers.front_matter"},
}
HEAVY = {
    "nupunkt",
    "weasyprint",
    "trafilatura",
    "sumy",
    "nltk",
    "fontTools",
    "lxml",
    "rapidfuzz",
    "pycountry",
}
WORLD = {"socket", "ssl", "urllib.request", "http.client", "subprocess", "random", "time"}


def imports(path: Path, *, top_only: bool = False) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body if top_only else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def part(module: str) -> str:
    """The floor's name of a module: "text" for briefing.text.words."""
    return module.split(".")[1] if "." in module else ""


def is_type_only(path: Path, name: str) -> bool:
    """Whether a module is imported under TYPE_CHECKING alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    guarded = [
        n
        for n in ast.walk(tree)
        if isinstance(n, ast.If) and "TYPE_CHECKING" in ast.unparse(n.test)
    ]
    inside = {getattr(child, "module", None) for n in guarded for child in ast.walk(n)}
    return name in inside and name not in imports(path, top_only=True)


@pytest.mark.parametrize(
    "module", [m for m in MODULES if part(m) not in ("", "__init__", "__main__")]
)
def test_imports_go_down(module: str) -> None:
    mine = part(module)
    assert mine in FLOOR, f"{mine} stands on no floor: name it in ARCHITECTURE.md and here"
    for name in imports(MODULES[module]):
        theirs = part(name)
        if not name.startswith("briefing") or theirs == mine or is_type_only(MODULES[module], name):
            continue
        is_lower = FLOOR[theirs] < FLOOR[mine] or (mine, theirs) in BESIDE
        assert is_lower, f"{module} imports {name}, which stands no lower"


@pytest.mark.parametrize("module", [m for m in MODULES if part(m) in PURE])
def test_the_core_touches_nothing_outside(module: str) -> None:
    assert not WORLD & set(imports(MODULES[module]))
    if part(module) == "config" or module == "briefing.text.tables":
        return
    calls = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }
    forbidden = ("open", ".read_text", ".read_bytes", ".write_text", ".now", ".today", ".utcnow")
    assert not [call for call in calls if call == "open" or call.endswith(forbidden[1:])]


@pytest.mark.parametrize("module", MODULES)
def test_libraries_stay_with_their_adapters(module: str) -> None:
    for name in imports(MODULES[module]):
        library = name.split(".")[0]
        if library in ADAPTERS:
            assert any(
                module == owner or module.startswith(f"{owner}.") for owner in ADAPTERS[library]
            ), f"{module} imports {name}"


@pytest.mark.parametrize("module", MODULES)
def test_heavy_libraries_wait_until_they_are_used(module: str) -> None:
    assert not {name.split(".")[0] for name in imports(MODULES[module], top_only=True)} & HEAVY


@pytest.mark.parametrize("module", [m for m in MODULES if part(m) not in ("cli", "__main__")])
def test_only_the_command_prints_and_exits(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert not called & {"print", "exit", "quit", "sys.exit", "logging.basicConfig"}


@pytest.mark.parametrize("module", MODULES)
def test_modules_are_short_and_named_for_what_they_hold(module: str) -> None:
    assert len(MODULES[module].read_text(encoding="utf-8").splitlines()) <= 400
    assert not set(module.split(".")) & {"utils", "helpers", "common", "base", "core", "manager"}


def test_every_module_is_in_the_plan() -> None:
    plan = (PACKAGE.parent / "ARCHITECTURE.md").read_text(encoding="utf-8")
    parts = {part(module) for module in MODULES} - {"", "__init__", "__main__"}
    assert sorted(name for name in parts if f"`{name}" not in plan) == []
