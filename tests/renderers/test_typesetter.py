"""The typesetter: a document that would hang, eat memory or crash ends in one line."""

from __future__ import annotations

import logging
import os

import pytest

from briefing.errors import RenderError
from briefing.renderers.typesetter import Attachment, Limits, Typesetter

ENDLESS = "<div style='display:flex'>" * 16 + "x"  # each level doubles the time
DEEP = "<div>" * 400 + "x"
GREEDY = (
    "<style>:root{--a0:xxxxxxxxxx;"
    + "".join(f"--a{n}:" + f"var(--a{n - 1})" * 10 + ";" for n in range(1, 8))
    + "}p::after{content:var(--a7)}</style><p>"
)


def test_measures_pages_and_anchors() -> None:
    text = (
        "<style>@page{size:100px 200px;margin:10px}*{margin:0}p{height:20px}</style>"
        "<p id=one>1</p><p id=two style='break-before:page'>2</p>"
    )
    with Typesetter() as typesetter:
        measure = typesetter.measure(text)
    assert measure.pages == 2
    assert measure.anchors == {"one": (1, 10), "two": (2, 10)}


@pytest.mark.parametrize(
    ("text", "limits", "reason"),
    [
        (ENDLESS, Limits(seconds=2), "brief.pdf: took longer than 2 seconds and was stopped"),
        (DEEP, Limits(), "brief.pdf: RecursionError: "),
        (GREEDY, Limits(megabytes=260), "brief.pdf: needed more than 260 MB of memory"),
    ],
)
def test_what_passes_a_limit_is_named_and_the_next_document_is_made(
    text: str, limits: Limits, reason: str
) -> None:
    with Typesetter(limits) as typesetter:
        with pytest.raises(RenderError) as caught:
            typesetter.measure(text)
        assert str(caught.value).startswith(reason)
        typesetter.limits = Limits()
        assert typesetter.measure("<p>next").pages == 1


def test_an_answer_that_nobody_fetched_is_not_given_to_the_next_request() -> None:
    with Typesetter() as typesetter:
        typesetter.begin_measuring("<p>1<p style='break-before:page'>2")
        assert typesetter.measure("<p>next").pages == 1


def test_a_killed_process_is_named_by_its_signal() -> None:
    with Typesetter() as typesetter:
        typesetter.start()
        process = typesetter._process
        assert process is not None
        os.kill(process.pid, 9)
        process.wait()
        with pytest.raises(RenderError, match="SIGKILL"):
            typesetter.measure("<p>x")


def test_closing_ends_the_process() -> None:
    with Typesetter() as typesetter:
        typesetter.start()
        process = typesetter._process
        assert process is not None
    assert process.returncode is not None


def test_warnings_come_back(caplog: pytest.LogCaptureFixture) -> None:
    with Typesetter() as typesetter, caplog.at_level(logging.WARNING):
        typesetter.measure("<p style='no-such: thing'>x")
    assert any("no-such" in record.getMessage() for record in caplog.records)


@pytest.mark.parametrize("before", ["", "<html lang=de><p>Another document altogether: Übermaß"])
def test_writes_the_same_bytes_for_the_same_request(before: str) -> None:
    note = Attachment("note.json", "a note", "{}", "2024-05-14T14:00:00+02:00")
    made = []
    for earlier in ("", before):
        with Typesetter() as typesetter:
            if earlier:
                typesetter.begin_writing(
                    earlier, identifier=b"fedcba9876543210", variant="pdf/a-3u", attachments=()
                )
                typesetter.finish_writing()
            typesetter.begin_writing(
                "<html lang=en><title>t</title><p>text",
                identifier=b"0123456789abcdef",
                variant="pdf/ua-1",
                attachments=(note,),
            )
            made.append(typesetter.finish_writing())
    assert made[0].content == made[1].content
    assert b"D:20240514120000Z" in made[0].content
    assert made[0].missing == frozenset()
