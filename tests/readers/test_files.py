"""What is no article is refused in one clear line, and nothing but a regular file is opened."""

from __future__ import annotations

import gzip
import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from briefing.config import SourceSpec
from briefing.errors import ParseError, SourceError
from briefing.readers import Reading, expand, read
from briefing.readers.files import LIMIT

TEXT = "The dam held.\n\nNobody was hurt, the mayor said.\n"
NOBODY = 65534


def source_of(path: str) -> SourceSpec:
    return SourceSpec.model_validate({"path": path})


def names(path: str, root: Path) -> list[str]:
    return [found.relative_to(root).as_posix() for found in expand(source_of(path), root)]


def read_in(root: Path, name: str, given: str | None = None) -> Reading:
    return read(
        root / name, source_of(given or name), language="en", zone=ZoneInfo("UTC"), root=root
    )


def refusal(root: Path, name: str, given: str | None = None) -> str:
    with pytest.raises(SourceError) as caught:
        read_in(root, name, given)
    line = str(caught.value)
    assert line.isprintable()
    return line


def write(root: Path, *files: str) -> None:
    for name in files:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(TEXT)


# which files a source means


def test_file_is_itself_whether_it_exists_or_not(tmp_path: Path) -> None:
    assert names("missing.txt", tmp_path) == ["missing.txt"]
    assert names("./a/../missing.txt", tmp_path) == ["missing.txt"]


def test_folder_means_the_files_directly_in_it(tmp_path: Path) -> None:
    write(tmp_path, "in/b.txt", "in/a.md", "in/.hidden.txt", "in/photo.jpg", "in/deep/c.txt")
    assert names("in", tmp_path) == ["in/a.md", "in/b.txt", "in/photo.jpg"]


def test_folder_named_like_an_article_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "in" / "a.txt").mkdir(parents=True)
    assert names("in", tmp_path) == ["in/a.txt"]
    assert refusal(tmp_path, "in/a.txt", "in") == "in/a.txt: a folder, not a file"


def test_glob_goes_as_deep_as_it_says(tmp_path: Path) -> None:
    write(tmp_path, "in/b.txt", "in/c.md", "in/x/a.txt", "in/x/y/d.txt", "in/.git/e.txt")
    assert names("in/*.txt", tmp_path) == ["in/b.txt"]
    assert names("in/**/*.txt", tmp_path) == ["in/b.txt", "in/x/a.txt", "in/x/y/d.txt"]
    assert names("in/**", tmp_path) == ["in/b.txt", "in/c.md", "in/x/a.txt", "in/x/y/d.txt"]
    assert names("in/?.[mt]*", tmp_path) == ["in/b.txt", "in/c.md"]


def test_name_with_brackets_is_a_name_first(tmp_path: Path) -> None:
    write(tmp_path, "page[1].txt", "page1.txt")
    assert names("page[1].txt", tmp_path) == ["page[1].txt"]
    assert read_in(tmp_path, "page[1].txt").articles[0].path == "page[1].txt"


def test_glob_follows_no_link_to_a_folder(tmp_path: Path) -> None:
    write(tmp_path, "in/a.txt")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    assert names("in/**/*.txt", tmp_path) == ["in/a.txt"]


def test_order_is_by_the_bytes_of_the_names(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    unordered = [
        b"\xff.txt",
        "é.txt".encode(),
        "e\u0301.txt".encode(),
        b"Z.txt",
        b"a.txt",
        b"-.txt",
    ]
    for name in unordered:
        Path(os.fsdecode(folder + b"/" + name)).write_text(TEXT)
    found = [os.fsencode(path.name) for path in expand(source_of("*.txt"), tmp_path)]
    assert found == sorted(unordered)


@pytest.mark.parametrize(
    ("path", "reason"),
    [("empty", "empty: an empty folder"), ("*.txt", "*.txt: no file matches")],
)
def test_nothing_to_read_is_said(tmp_path: Path, path: str, reason: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError, match="^" + reason.replace("*", r"\*") + "$"):
        expand(source_of(path), tmp_path)


def test_path_that_is_too_long_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="file name too long"):
        read_in(tmp_path, "a" * 300 + ".txt")


@pytest.mark.parametrize("facts", [{"url": "https://x.example/a"}, {"feed": "https://x.example/f"}])
def test_addresses_are_not_read_yet(tmp_path: Path, facts: dict[str, str]) -> None:
    with pytest.raises(SourceError, match=r"^https://x\.example/.: addresses are not read yet$"):
        expand(SourceSpec.model_validate(facts), tmp_path)


# which files are opened


def test_missing_file(tmp_path: Path) -> None:
    assert refusal(tmp_path, "none.txt") == "none.txt: no such file"
    assert refusal(tmp_path, "a.txt/none.txt") == "a.txt/none.txt: no such file"


def test_pipe_socket_and_device_are_refused_without_opening(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")  # opening it would wait for ever
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(tmp_path / "s.txt"))
        assert refusal(tmp_path, "s.txt") == "s.txt: not a regular file"
    assert refusal(tmp_path, "pipe.txt") == "pipe.txt: not a regular file"
    assert refusal(tmp_path, "/dev/zero") == "/dev/zero: not a regular file"


def test_links_that_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "dangling.txt").symlink_to("gone.txt")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    assert refusal(tmp_path, "dangling.txt") == (
        "dangling.txt: a link to a file that does not exist"
    )
    assert refusal(tmp_path, "loop.txt") == "loop.txt: a link that leads back to itself"


@pytest.mark.parametrize("given", ["in", "in/*.txt", "in/link.txt", "in/**/*.txt"])
def test_link_out_of_the_input_folder_is_refused(tmp_path: Path, given: str) -> None:
    write(tmp_path, "secret.txt", "in/a.txt")
    (tmp_path / "in" / "link.txt").symlink_to("../secret.txt")
    assert tmp_path / "in" / "link.txt" in expand(source_of(given), tmp_path)
    assert refusal(tmp_path, "in/link.txt", given) == "in/link.txt: a link out of its folder"


def test_link_within_the_input_folder_is_read(tmp_path: Path) -> None:
    write(tmp_path, "in/x/a.txt")
    (tmp_path / "in" / "b.txt").symlink_to("x/a.txt")
    assert read_in(tmp_path, "in/b.txt", "in").articles[0].path == "in/b.txt"


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder of its own, in the skin of a user who is not root."""
    folder = Path(tempfile.mkdtemp())
    is_root = os.geteuid() == 0
    if is_root:
        os.chown(folder, NOBODY, NOBODY)
        os.seteuid(NOBODY)
    try:
        yield folder
    finally:
        if is_root:
            os.seteuid(0)
        for path in sorted(folder.rglob("*"), reverse=True):
            path.chmod(0o700)
            path.rmdir() if path.is_dir() else path.unlink()
        folder.rmdir()


def test_unreadable_file_and_folder(unprivileged: Path) -> None:
    write(unprivileged, "a.txt", "shut/b.txt")
    (unprivileged / "a.txt").chmod(0)
    assert refusal(unprivileged, "a.txt") == "a.txt: permission denied"
    (unprivileged / "shut").chmod(0)
    assert refusal(unprivileged, "shut/b.txt") == "shut/b.txt: permission denied"
    with pytest.raises(SourceError, match=r"^shut: permission denied$"):
        expand(source_of("shut"), unprivileged)


def test_file_that_is_too_large(tmp_path: Path) -> None:
    with (tmp_path / "large.txt").open("wb") as stream:
        stream.truncate(LIMIT + 1)
    assert refusal(tmp_path, "large.txt") == "large.txt: larger than 20 MB"


# which contents are text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\n", "no text in it"),
        (b"\xef\xbb\xbf", "no text in it"),
        ("\u200b\u2060\ufeff\u3164\n".encode(), "no text in it"),
        (b"---\ntitle: x\n---\n", "no text in it"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "unsupported: .pdf; reads .txt, .md, .html"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "not text (a JPEG picture); reads .txt, .md, .html"),
        (b"\x7fELF\x02\x01\x01", "not text (a program); reads .txt, .md, .html"),
        (gzip.compress(b"<html>"), "not text (gzip-compressed); reads .txt, .md, .html"),
        (bytes(range(256)) * 8, "not text (binary); reads .txt, .md, .html"),
        (b"abc\0\0\0\0def" * 9, "not text (binary); reads .txt, .md, .html"),
    ],
)
@pytest.mark.parametrize("name", ["x.txt", "x.md"])
def test_what_is_no_text_is_named(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert refusal(tmp_path, name) == f"{name}: {reason}"


@pytest.mark.parametrize("suffix", [".pdf", ".eml", ".jsonl", ".docx", ".csv"])
def test_formats_that_are_not_read_yet(tmp_path: Path, suffix: str) -> None:
    write(tmp_path, f"x{suffix}")
    line = f"x{suffix}: unsupported: {suffix}; reads .txt, .md, .html"
    assert refusal(tmp_path, f"x{suffix}") == line


def test_page_without_an_article_is_a_parse_error_with_the_length(tmp_path: Path) -> None:
    shell = "<html><head>" + "<script>let a = 1;</script>" * 200 + "</head><body>"
    (tmp_path / "wall.html").write_text(
        shell + "<p>Enable JavaScript to read on.</p></body></html>"
    )
    with pytest.raises(
        ParseError, match=r"no article text found: \d+ characters of text in a page"
    ):
        read_in(tmp_path, "wall.html")


def test_content_decides_before_the_name(tmp_path: Path) -> None:
    page = "<!-- saved -->\n<!DOCTYPE html><html><body><article>" + "".join(
        f"<p>The river rose by {n} metres on the night of the storm, the office said.</p>"
        for n in range(2, 8)
    )
    (tmp_path / "page.txt").write_text(page)
    assert "<p>" not in read_in(tmp_path, "page.txt").articles[0].text


def test_file_without_suffix_is_text(tmp_path: Path) -> None:
    write(tmp_path, "ARTICLE")
    assert read_in(tmp_path, "ARTICLE").articles[0].text == TEXT.strip()


# what a file is called


def test_path_is_told_from_the_root_or_in_full(tmp_path: Path) -> None:
    write(tmp_path, "in/a.txt", "b.txt")
    root = tmp_path / "in"
    assert read_in(tmp_path, "in/a.txt", "in/*.txt").articles[0].path == "in/a.txt"
    article = read(
        tmp_path / "b.txt", source_of("../b.txt"), language="en", zone=ZoneInfo("UTC"), root=root
    ).articles[0]
    assert article.path == str(tmp_path / "b.txt")


def test_odd_file_names_are_shown_escaped(tmp_path: Path) -> None:
    for name, shown in [
        (b"a\nb.txt", r"a\nb.txt"),
        (b"\xff.txt", r"\xff.txt"),
        ("\u202efdp.txt".encode(), r"\u202efdp.txt"),
        ("é.txt".encode(), "é.txt"),
    ]:
        path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
        path.write_text(TEXT)
        assert read_in(tmp_path, path.name, "*.txt").articles[0].path == shown
        path.write_text("")
        assert refusal(tmp_path, path.name, "*.txt") == f"{shown}: empty"
