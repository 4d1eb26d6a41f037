"""Text as a file holds it -> the text that is stored as evidence, cleaned here and only here.

Unicode NFC; line ends are "\\n"; every white space within a line, no-break spaces included, is one
plain space, so that words split the same way everywhere; invisible characters are gone except
where a script or an emoji needs them; no line starts or ends with a space, no more than two blank
lines follow one another. Lines stay lines: which of them are paragraphs is decided later.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

#: Combining marks kept on one letter; no spelling needs more, and piles of them choke layout.
MARKS = 8
#: Widest line, in characters, of a text that is taken for one wrapped by hand.
WRAP_WIDTH = 120

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_TERMINAL = re.compile(
    "\x1b\\[[0-?]*[ -/]*[@-~]|\x1b\\][^\x07\x1b\n]{0,2000}(?:\x07|\x1b\\\\)|\x1b[@-Z\\\\-_]?"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
# A joiner shapes the letters of these scripts, and glues emoji into one; elsewhere it is litter.
_JOINER = re.compile(
    "(?<![\u0600-\u109f\u1780-\u18af\u2190-\u2bff\ua840-\ua87f\ua8e0-\ua8ff\ufb50-\ufdff\ufe0f"
    "\ufe70-\ufefc\U00010a00-\U00010aff\U00011000-\U00011fff\U0001f000-\U0001faff])[\u200c\u200d]"
)
_TAG = re.compile("(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e007f]")
_SPACES = re.compile(" {2,}")
_LINE_EDGES = re.compile(" *\n *")
_BLANK_LINES = re.compile("\n{4,}")
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
_ENDS_SENTENCE = re.compile(r"[.!?…:;。！？؟।][\"'”’»)\]]*$")
_LIST_MARK = re.compile(r"(?:[-*•–—]|\d{1,2}[.)])\s")


def clean(text: str) -> str:
    """The text as it is stored; cleaning it again changes nothing."""
    text = _LINE_ENDS.sub("\n", text)
    text = _TERMINAL.sub("", text)
    text = _SURROGATE.sub("\ufffd", text)
    text = text.translate(_litter(text))
    text = _TAG.sub("", _JOINER.sub("", text))
    text = unicodedata.normalize("NFC", _cap_marks(text))
    text = _LINE_EDGES.sub("\n", _SPACES.sub(" ", text))
    return _BLANK_LINES.sub("\n\n\n", text).strip(" \n")


def clean_line(text: str, *, limit: int = 500) -> str:
    """A title, a name: cleaned, on one line, at most `limit` characters."""
    line = " ".join(clean(text[: 20 * limit]).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def has_words(text: str) -> bool:
    """Whether anything in it can be read: one letter or digit is enough."""
    return any(character.isalnum() and character not in _FILLERS for character in text)


def unwrap(text: str) -> str:
    """A text whose paragraphs were wrapped by hand gets each paragraph on one line; others stay.

    A text is wrapped when nearly every line is as full as the next line's first word allows.
    """
    lines = [line.expandtabs(4).rstrip() for line in _LINE_ENDS.sub("\n", text).split("\n")]
    width = max(map(len, lines))
    pairs = [(a, b) for a, b in pairwise(lines) if a and b]
    if width > WRAP_WIDTH or len(pairs) < 3:
        return text
    if sum(_is_full(a, b, width) for a, b in pairs) < 0.7 * len(pairs):
        return text
    return "\n".join(_joined(lines, width))


def _joined(lines: Sequence[str], width: int) -> list[str]:
    paragraphs: list[list[str]] = []
    last = ""
    for line in lines:
        if last and line and _goes_on(last, line, width):
            paragraphs[-1].append(line.lstrip())
        else:
            paragraphs.append([line])
        last = line
    return [" ".join(paragraph) for paragraph in paragraphs]


def _is_full(line: str, following: str, width: int) -> bool:
    # A few characters of grace: editors differ on whether the wrap column itself may be used.
    return len(line) + 1 + len(following.split()[0]) > width - 4


def _goes_on(line: str, following: str, width: int) -> bool:
    if _LIST_MARK.match(following.lstrip()):
        return False
    is_indented = len(following) - len(following.lstrip()) > len(line) - len(line.lstrip())
    if is_indented and _ENDS_SENTENCE.search(line):
        return False
    return _is_full(line, following, width) or following.lstrip()[:1].islower()


def _litter(text: str) -> dict[int, str | None]:
    """What to do with each odd character that this text holds."""
    table: dict[int, str | None] = {}
    for character in set(text):
        code, category = ord(character), unicodedata.category(character)
        if character == "\t" or (category == "Zs" and character != " "):
            table[code] = " "
        elif _is_litter(character, code, category):
            table[code] = None
    return table


def _is_litter(character: str, code: int, category: str) -> bool:
    is_noncharacter = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
    if category == "Cc":
        return character != "\n"
    return is_noncharacter or (category == "Cf" and not _is_meaningful_format(code))


def _is_meaningful_format(code: int) -> bool:
    """Joiners and flag tags are judged by their neighbours; Arabic number signs are printed."""
    return code in (0x200C, 0x200D) or 0xE0000 <= code <= 0xE007F or 0x0600 <= code <= 0x0605


def _cap_marks(text: str) -> str:
    marks = "".join(sorted(c for c in set(text) if unicodedata.category(c) in ("Mn", "Me")))
    if not marks:
        return text
    return re.sub(f"([{re.escape(marks)}]{{{MARKS}}})[{re.escape(marks)}]+", r"\1", text)
