"""Any bytes under any name give articles or one clear error, and what comes out is clean."""

from __future__ import annotations

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.config import SourceSpec
from briefing.errors import SourceError
from briefing.readers import READERS, Reading, read
from briefing.readers.cleaning import clean

#: Pieces of which damaged articles are made, one a line.
PIECES = rb"""---\n
title:
By Ann Lee\n
OSLO (Reuters) -
\xc2\xa9 2024 The Mill News\n
\n\n
The dam held, the mayor said.
<html>
<p>
</p>
<!--
-->
<script>
&#x0;
<div><b>
</div>
<meta charset=
utf-16>
#
> -
| a | b |\n|--|--|\n
```
![x](
[x]: <
\x00
\xff\xfe
\xef\xbb\xbf
\xe2\x80\xae
\xed\xa0\x80
\r
<script type="application/ld+json">{"@type":"NewsArticle","author":
[{
1e999
</script>""".split(b"\n")
DAMAGED = st.lists(st.sampled_from(PIECES), max_size=40).map(
    lambda pieces: b" ".join(pieces).decode("unicode_escape").encode("latin-1")
)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    content=st.one_of(st.binary(max_size=300), DAMAGED),
    suffix=st.sampled_from([s for reader in READERS.values() for s in reader.suffixes]),
)
def test_any_bytes_give_articles_or_one_line(tmp_path: Path, content: bytes, suffix: str) -> None:
    path = tmp_path / f"x{suffix}"
    path.write_bytes(content)
    source = SourceSpec.model_validate({"path": path.name})
    reading = Reading(())
    line = ""
    try:
        reading = read(path, source, language="en", zone=ZoneInfo("UTC"), root=tmp_path)
    except SourceError as error:
        line = str(error)
    assert line.isprintable()
    assert bool(line) != bool(reading.articles)
    for article in reading.articles:
        assert article.text
        assert article.text == clean(article.text)
        facts = (article.title, article.publisher, *article.authors, article.url, article.wire)
        assert all(fact.isprintable() for fact in facts if fact)
        assert json.dumps(facts, ensure_ascii=False).encode()
    assert all(note.reason.isprintable() for note in reading.notes)


@pytest.mark.parametrize("name", sorted(READERS))
def test_every_reader_reads_a_plain_article(name: str) -> None:
    text = "The dam held on Monday, the mayor of the town said, and nobody had to leave the valley."
    (page,) = READERS[name].parse(f"{text}\n\n{text}".encode(), "x")
    assert text in page.text
