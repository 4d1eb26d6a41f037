"""An article's text -> its blocks: paragraphs apart from titles, captions, bylines and furniture.

The reader has put every paragraph on a line of its own, so a block is a line, or a part of one
where a dateline opens it.
The patterns that tell furniture from text are a table, `briefing/tables/furniture.toml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from briefing.models import Article, Block, BlockKind
from briefing.text.quotations import is_title
from briefing.text.tables import load_table

#: A line without a full stop is a heading up to this many words, and a paragraph beyond.
HEADING_WORDS = 22
#: The same for a line that is one quotation.
QUOTED_HEADING_WORDS = 10
#: The same for a line that asks.
ASKED_HEADING_WORDS = 9

_STOPS = tuple(".!?…。！？؟।:")
_CLOSING = "\"'”’»)]“«‘›‹ \u00a0\u202f"
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_DATELINE = re.compile(
    r"""(?x)
    (?:
      (?:[A-Z][A-Z.’'-]+(?:[ ][A-Z][A-Z.’'-]+){0,3}                    # OSLO, NEW DELHI
        |[A-Z][\w.’'-]+(?:[ ][A-Z][\w.’'-]+){0,2})                     # or Seoul, New Delhi
      (?:[,/][ ]?[A-Z][\w.’'-]+(?:[ ][A-Z][\w.’'-]+){0,2}){0,2}        # , South Africa
      (?:,?[ ](?:[A-Z][a-z]{2,8}\.?[ ]\d{1,2}|\d{1,2}[ ][A-Z][a-z]{2,8}\.?)(?:,?[ ]\d{4})?)?
    )
    (?:[ ]?\((?P<agency>[A-Z][\w .’'/&-]{1,40})\))?
    [ ]?(?P<dash>—|–|--|-|_|:|\|)[ ]
    """
)
_CAPITALS = re.compile(r"[A-Z][A-Z.’'-]{2,}")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The compiled patterns of one kind."""

    starts: re.Pattern[str] | None
    contains: re.Pattern[str] | None
    whole: re.Pattern[str] | None
    needs: tuple[str, ...] = ()  #: in lower case; `contains` finds nothing where none of them is

    def match(self, line: str) -> bool:
        """Whether the line is of this kind."""
        return bool(
            (self.starts and self.starts.match(line))
            or (self.contains and self._may_contain(line) and self.contains.search(line))
            or (self.whole and self.whole.fullmatch(line))
        )

    def _may_contain(self, line: str) -> bool:
        """A look for plain words first, which is many times quicker than the patterns."""
        lower = line.lower()
        return any(word in lower for word in self.needs)


@lru_cache(maxsize=1)
def _furniture() -> dict[str, _Patterns]:
    def compiled(patterns: list[str] | None) -> re.Pattern[str] | None:
        return (
            re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE) if patterns else None
        )

    return {
        kind: _Patterns(
            compiled(rows.get("starts")),
            compiled(rows.get("contains")),
            compiled(rows.get("whole")),
            tuple(rows.get("needs", ())),
        )
        for kind, rows in load_table("furniture").items()
    }


def split_blocks(article: Article) -> tuple[Block, ...]:
    """Every non-blank stretch of `article.text` as a block, in order, tight at both ends."""
    lines = tuple(
        (match.start(), match.end()) for match in re.finditer(r"\S(?:[^\n]*\S)?", article.text)
    )
    blocks: list[Block] = []
    closed = False
    for number, (start, end) in enumerate(lines):
        line = article.text[start:end]
        following = article.text[slice(*lines[number + 1])] if number + 1 < len(lines) else ""
        is_late = 2 * number >= len(lines)
        closed = closed or (is_late and number > 0 and _furniture()["closing"].match(_bare(line)))
        kind = _kind(article, line, following, len(lines))
        if closed and kind is not BlockKind.FORM:
            kind = BlockKind.BOILERPLATE
        if kind is BlockKind.PARAGRAPH and number < 8 and (length := _dateline_length(line)):
            blocks.append(Block(BlockKind.DATELINE, start, start + len(line[:length].rstrip())))
            start += length
        blocks.append(Block(kind, start, end))
    return tuple(blocks)


def _bare(line: str) -> str:
    """The line without marks around it such as "– … –", apostrophes as the table has them."""
    return line.strip(" #*_–—-|=•·").replace("'", "’")


def _kind(article: Article, line: str, following: str, count: int) -> BlockKind:
    if _is_title(article, line):
        return BlockKind.TITLE
    bare = _bare(line)
    words = bare.count(" ") + 1
    furniture = _furniture()
    for kind in (BlockKind.CAPTION, BlockKind.BYLINE, BlockKind.FORM, BlockKind.BOILERPLATE):
        if _may_be(kind, bare, words) and furniture[kind.value].match(bare):
            return kind
    if count > 1 and _is_heading(line, bare):
        return BlockKind.CAPTION if _is_alternative_text(following) else BlockKind.HEADING
    return BlockKind.PARAGRAPH


def _may_be(kind: BlockKind, line: str, words: int) -> bool:
    """Whether a line of so many words can be furniture; running text may start like it."""
    if kind is BlockKind.BYLINE:
        # "By Tuesday evening the water had reached …" starts like a byline and is a sentence.
        return words <= 14 and not (words > 8 and line.endswith("."))
    if kind is BlockKind.CAPTION:
        return words <= 70
    return words <= 60


def _is_title(article: Article, line: str) -> bool:
    title = article.title
    if title is None or not len(title) / 2 <= len(line) <= 2 * len(title):
        return False
    return _squeezed(line) == _squeezed(title)


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _is_heading(line: str, bare: str) -> bool:
    if line != bare and line[:1] in "#–—-=*" and line[-1:] in "#–—-=*":
        return True  # "– Steadfast allies –"
    if line.startswith("#"):
        return True
    if _is_quoted_title(line):
        return True  # "'All Bets Are Off.'"
    if line.rstrip().rstrip(_CLOSING).endswith(_STOPS):
        is_asked = line.rstrip().endswith("?") and not line.lstrip().startswith(("“", '"'))
        return is_asked and _count_words(bare) <= ASKED_HEADING_WORDS
    if line.startswith(("“", '"', "‘")):
        # A quotation that ends without a stop is a pull quote or a heading, unless it goes on.
        return line.endswith(("”", '"', "’")) and _count_words(bare) <= QUOTED_HEADING_WORDS
    return _count_words(bare) <= HEADING_WORDS


def _is_quoted_title(line: str) -> bool:
    """Whether a line is nothing but a title in quotation marks, its own stop included."""
    line = line.strip()
    if len(line) < 3 or line[0] not in "“\"‘'" or line[-1] not in "”\"’'":
        return False
    inner = line[1:-1].rstrip(" .!?…")
    words = inner.split()
    has_capitals = 2 * sum(word[0].isupper() for word in words) > len(words)
    return has_capitals and not any(mark in inner for mark in '“”"') and is_title(inner)


def _count_words(line: str) -> int:
    return len(_WORD.findall(line))


def _is_alternative_text(following: str) -> bool:
    """Whether the line is a picture's alternative text: a caption follows."""
    return bool(following) and _furniture()["caption"].match(_bare(following))


def _dateline_length(line: str) -> int:
    """Length of the dateline that opens a paragraph ("SEOUL, Sept 12 (Reuters) - "), or 0."""
    match = _DATELINE.match(line)
    if match is None or len(line) - match.end() < 20:
        return 0
    place = line[: match.end()]
    if match["agency"] or _CAPITALS.match(place.split(",")[0].split(" ")[0]):
        return match.end() if match["dash"] not in (":", "|") or _CAPITALS.match(place) else 0
    return 0
