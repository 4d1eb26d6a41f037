"""Templates are found file by file, run in a sandbox, and are blamed by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.errors import RenderError
from briefing.renderers import html_document
from briefing.renderers.environment import Templates, render_template
from tests.build import make_small_brief

VIEW = {"title": "a <b> {{ 7*7 }} *c*", "claims": ["x"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "templates"
    folder.mkdir()
    return folder


def render_own(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return render_template(name, VIEW, Templates(folder))


@pytest.mark.parametrize("name", ["x.html.j2", "x.svg", "x.xhtml", "x.jinja", "x"])
def test_everything_but_markdown_and_text_is_escaped_for_html(folder: Path, name: str) -> None:
    assert render_own(folder, name, "{{ title }}") == "a &lt;b&gt; {{ 7*7 }} *c*"


def test_markdown_is_escaped_and_text_is_not(folder: Path) -> None:
    assert render_own(folder, "x.md.j2", "{{ title }}") == r"a \<b\> \{\{ 7\*7 \}\} \*c\*"
    assert render_own(folder, "x.txt.j2", "{{ title }}") == VIEW["title"]


@pytest.mark.parametrize("alias", ["e", "escape", "forceescape", "address"])
def test_filters_cannot_make_markdown_active(folder: Path, alias: str) -> None:
    text = render_own(folder, "x.md.j2", f"{{{{ title | {alias} }}}}")
    assert text == r"a \<b\> \{\{ 7\*7 \}\} \*c\*"


def test_markup_of_own_macros_is_kept(folder: Path) -> None:
    source = "{% macro bold(t) %}<b>{{ t }}</b>{% endmacro %}{{ bold(title) }}"
    assert render_own(folder, "x.html.j2", source) == "<b>a &lt;b&gt; {{ 7*7 }} *c*</b>"


def test_escaping_cannot_be_switched_off(folder: Path) -> None:
    source = "{% autoescape false %}{{ title }}{% endautoescape %}"
    assert "<b>" not in render_own(folder, "x.html.j2", source)
    with pytest.raises(RenderError, match=r"x\.html\.j2:1: .*safe"):
        render_own(folder, "x.html.j2", "{{ title | safe }}")


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("a\n\n{% if %}", 3, "Expected an expression"),
        ("a\nb {{ titel }}", 2, "'titel' is undefined"),
        ("a\n{{ claims[0].txt }}", 2, "has no attribute 'txt'"),
        ("{% for c in claims %}\n\n{{ c.a.b }}\n{% endfor %}", 3, "has no attribute 'a'"),
        ("\n{{ 1 / 0 }}", 2, "division by zero"),
        ("\n{{ title + 1 }}", 2, "str"),
        ("\n{{ claims.append(1) }}", 2, "append"),
        ("\n{{ ''.__class__.__mro__ }}", 2, "unsafe"),
        ("\n{% for n in range(10 ** 9) %}{% endfor %}", 2, "(?i)range"),
        ("\n\n{% include 'gone.html.j2' %}", 3, "no template 'gone.html.j2'"),
        ("\n{% include '../secret.txt' %}", 2, "no template '../secret.txt'"),
    ],
)
def test_a_mistake_is_named_by_file_and_line(
    folder: Path, source: str, line: int, words: str
) -> None:
    (folder.parent / "secret.txt").write_text("secret", encoding="utf-8")
    with pytest.raises(RenderError, match=words) as caught:
        render_own(folder, "x.html.j2", source)
    assert str(caught.value).startswith(f"{folder / 'x.html.j2'}:{line}: ")
    assert caught.value.is_template_error
    assert caught.value.hint


def test_a_mistake_in_an_included_file_names_that_file(folder: Path) -> None:
    (folder / "part.html.j2").write_text("\n\n{{ nothing }}", encoding="utf-8")
    with pytest.raises(RenderError, match=r"part\.html\.j2:3: 'nothing' is undefined"):
        render_own(folder, "x.html.j2", "{% include 'part.html.j2' %}")


def test_endless_recursion_is_the_templates_mistake(folder: Path) -> None:
    source = "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}"
    with pytest.raises(RenderError, match=r"x\.html\.j2:1: "):
        render_own(folder, "x.html.j2", source)


def test_file_that_is_not_utf8_is_named(folder: Path) -> None:
    (folder / "x.html.j2").write_bytes(b"a\nb\n\xff")
    with pytest.raises(RenderError, match=r"x\.html\.j2:3: not UTF-8"):
        render_template("x.html.j2", VIEW, Templates(folder))


def test_link_that_leads_out_of_the_folder_is_refused(folder: Path) -> None:
    secret = folder.parent / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    (folder / "x.html.j2").symlink_to(secret)
    with pytest.raises(RenderError, match="leads out of the template folder"):
        render_template("x.html.j2", VIEW, Templates(folder))


def test_own_file_wins_and_the_rest_is_packaged(folder: Path) -> None:
    (folder / "page.css").write_text("body { color: teal }", encoding="utf-8")
    page = html_document.render(make_small_brief(), Templates(folder)).content.decode()
    assert "color: teal" in page
    assert "--accent" not in page
    assert "One source" in page
