"""Hostile templates: whatever one tries ends as a mistake of that template, soon and small."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefing.errors import RenderError
from briefing.renderers.environment import Templates, render_template
from briefing.renderers.template_files import LONGEST_BYTES, Limits, shipped_folder

VIEW = {"title": "a <b> *c*", "claims": [{"text": "x"}], "count": 3, "is_long": True, "gap": None}
LIMITS = Limits(seconds=2, megabytes=400, output_megabytes=2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "templates").mkdir()
    return tmp_path / "templates"


def run(folder: Path, source: str, name: str = "x.html.j2") -> str:
    (folder / name).write_text(source, encoding="utf-8")
    return render_template(name, VIEW, Templates(folder, LIMITS))


def test_plain_data_arrives_as_it_is(folder: Path) -> None:
    source = "{{ title }}|{{ claims[0].text }}|{{ count + 1 }}|{{ is_long }}|{{ gap is none }}"
    assert run(folder, source) == "a &lt;b&gt; *c*|x|4|True|True"


LOOP = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        (f"\n{LOOP}", 2, "took more than 2 s"),
        ("\n\n{% set x = 'a' * 3000000000 %}", 3, "more than 400 MB"),
        ("\n{{ 'a' | center(1000000000) }}", 2, "more than 400 MB"),
        ("\n{{ '%1000000000d' % 1 }}", 2, "more than 400 MB"),
        ("\n{{ '{:1000000000}'.format(1) }}", 2, "more than 400 MB"),
        ("\n{{ [0] * 1000000000 }}", 2, "more than 400 MB"),
        ("\n{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", 2, "circles"),
        ("\n{% include 'x.html.j2' %}", 2, "circles"),
        ("\n{% extends 'x.html.j2' %}", 2, "circles"),
        ("\n{% import 'x.html.j2' as x %}", 2, "circles"),
    ],
    ids=lambda value: str(value)[:30].strip(),
)
def test_what_would_not_end_is_stopped_at_its_line(
    folder: Path, source: str, line: int, words: str
) -> None:
    with pytest.raises(RenderError, match=words) as caught:
        run(folder, source)
    assert str(caught.value).startswith(f"{folder / 'x.html.j2'}:{line}: ")
    assert caught.value.is_template_error


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{% for a in range(99999) %}" + "x" * 999 + "{% endfor %}", "more than 2 MB of text"),
        ("{{ 9 ** (9 ** 9) }}", "took more than 2 s|more than"),
        ("{{ " + "(" * 5000 + ")" * 5000 + " }}", "x.html.j2"),
        ("{% if 1 %}" * 3000 + "{% endif %}" * 3000, "x.html.j2"),
        ("{{ " + "-" * 100000 + "1 }}", "x.html.j2"),
        ("x" * (LONGEST_BYTES + 1), "longer than 1 MB"),
    ],
    ids=lambda value: value[:20],
)
def test_what_cannot_be_stopped_at_a_line_is_stopped(
    folder: Path, source: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.renderers.confined.GRACE_SECONDS", 8)
    with pytest.raises(RenderError, match=words) as caught:
        run(folder, source)
    assert caught.value.is_template_error


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ title | attr('__class__') }}",
        "{{ [title] | map(attribute='__class__') | join }}",
        "{{ claims | map('attr', '__class__') | join }}",
        "{{ '{0.__class__.__init__.__globals__}'.format(title) }}",
        "{{ ('{0.__class__}' | format)(title) }}",
        "{{ '{0.__class__}'.format_map({'0': title}) }}",
        "{{ self.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ joiner.__init__.__globals__ }}",
        "{{ namespace.__init__.__globals__ }}",
        "{{ range.__self__ }}",
        "{{ dict.__base__ }}",
        "{{ lipsum.__globals__ }}",
        "{{ claims.append(1) }}",
        "{{ claims.__setitem__(0, 1) }}",
        "{% set claims[0] = 1 %}",
        "{% set x = claims.pop() %}",
        "{{ title.__reduce_ex__(2) }}",
        "{% macro m() %}{% endmacro %}{{ m.__code__ }}",
        "{% macro m() %}{{ caller.__globals__ }}{% endmacro %}{% call m() %}{% endcall %}",
        "{{ (1).__class__ }}",
        "{{ environment }}",
        "{{ config }}",
        "{{ request }}",
        "{{ title | safe }}",
        "{{ lipsum() }}",
        "{% include '../secret.txt' %}",
        "{% include '/etc/hostname' %}",
        "{% include 'sub/../../secret.txt' %}",
        "{% include 'pipe' %}",
        "{% include 'link.txt' %}",
        "{% import '../secret.txt' as x %}{{ x }}",
        "{% extends '/etc/hostname' %}",
        "{% include ['../secret.txt', '/etc/hostname'] %}",
        "{% do claims.append(1) %}",
        "{% debug %}",
    ],
)
def test_what_reaches_outside_is_refused(folder: Path, source: str) -> None:
    (folder.parent / "secret.txt").write_text("the secret", encoding="utf-8")
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")
    os.mkfifo(folder / "pipe")
    with pytest.raises(RenderError) as caught:
        run(folder, source)
    assert str(caught.value).startswith(f"{folder / 'x.html.j2'}:1: ") or (
        "leads out of the template folder" in str(caught.value)
    )
    assert caught.value.is_template_error


def test_no_variable_of_the_environment_is_handed_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import subprocess

    monkeypatch.setenv("SMTP_PASSWORD", "secret")
    seen: list[dict[str, str]] = []
    real = subprocess.run

    def watch(*arguments: object, **options: object) -> object:
        environment = options["env"]
        assert isinstance(environment, dict)
        seen.append(environment)
        return real(*arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", watch)
    assert run(folder, "x") == "x"
    assert seen[0].keys() <= {"PYTHONPATH", "PYTHONUTF8", "SYSTEMROOT"}


def test_modules_in_the_working_directory_are_not_run(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('run')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(folder, "x") == "x"


@pytest.mark.parametrize("name", ["tojson", "urlize", "xmlattr"])
def test_filters_that_make_html_do_not_exist_for_markdown(folder: Path, name: str) -> None:
    with pytest.raises(RenderError, match=f"No filter named '{name}'"):
        run(folder, f"{{{{ title | {name} }}}}", "x.md.j2")


def test_the_packaged_templates_run_here(folder: Path) -> None:
    assert not Templates(None).has_own
    assert not Templates(folder / "none").has_own
    assert not Templates(shipped_folder()).has_own
    assert Templates(folder).has_own
