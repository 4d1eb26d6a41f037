"""Text of any origin -> one safe line of a header; a finished message -> proof that it is whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from email.header import Header
from email.headerregistry import Address
from unicodedata import category, normalize

from briefing.errors import DeliveryError
from briefing.renderers.wording import shorten

SUBJECT_LIMIT = 150
#: What a server may refuse in a line (RFC 5321, 4.5.3.1.6), without its line end.
LONGEST_LINE = 998
#: What a line should keep to where it can be broken; one with encoded words must (RFC 2047, 2).
_FOLD_AT = 76
_MOST_READ = 100_000  #: characters of a text that are looked at
_MARKS_LIMIT = 8  #: combining marks on one letter
_JOINERS = "\u200c\u200d"
_LONGEST_PLAIN = 60  #: characters of a name that is not broken over lines
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")
_NAME = re.compile(rb"([!-9;-~]+):")


def clean_line(text: str, limit: int = SUBJECT_LIMIT) -> str:
    """`text` as one line of at most `limit` characters that nothing can be hidden in.

    Line ends and controls become spaces, invisible directions and lone surrogates go, and no
    encoded word (RFC 2047) is left: Python 3.11 decodes one inside a subject, line feeds and all
    (CVE-2024-6923), and so ends the header with it.
    """
    letters: list[str] = []
    marks = 0
    # Cut before the letters are looked at one by one: a title may be any length.
    for letter in normalize("NFC", text[:_MOST_READ]):
        kind = category(letter)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if kind in ("Cc", "Zl", "Zp"):
            letters.append(" ")
        elif kind in ("Cs", "Co", "Cn") or (kind == "Cf" and letter not in _JOINERS):
            continue
        elif marks <= _MARKS_LIMIT:
            letters.append(letter)
    line = " ".join("".join(letters).split())
    # One pass is enough: a space is put into every "=?", and no new one can come of that.
    return shorten(line.replace("=?", "= ?"), limit)


def text_header(name: str, text: str) -> str:
    """`Subject: …` for a clean line, in lines that servers and mail programs take as they are."""
    words = text.split()
    is_plain = text.isascii() and all(len(word) < _FOLD_AT - len(name) - 2 for word in words)
    return _folded(name, words if is_plain else _encoded(name, text))


def address_header(name: str, addresses: Iterable[Address]) -> str:
    """`To: …` for addresses with clean names, folded between them and within long names."""
    tokens: list[str] = []
    for address in addresses:
        if tokens:
            tokens[-1] += ","
        tokens += _shown(name, address)
    return _folded(name, tokens)


def _shown(name: str, address: Address) -> list[str]:
    display = address.display_name
    if not display:
        return [address.addr_spec]
    if not display.isascii() or len(display) > _LONGEST_PLAIN:
        words = _encoded(name, display)
    elif _ATOMS.fullmatch(display):
        words = display.split()
    else:
        escaped = re.sub(r'(["\\])', r"\\\1", display)
        words = [f'"{escaped}"']
    return [*words, f"<{address.addr_spec}>"]


def _encoded(name: str, text: str) -> list[str]:
    """Encoded words, each of whole characters; the first fits on the line after the name."""
    header = Header(text, "utf-8", maxlinelen=_FOLD_AT - 1, header_name=name)
    return header.encode(linesep="\n").split()


def _folded(name: str, tokens: Sequence[str]) -> str:
    lines = [f"{name}:"]
    for number, token in enumerate(tokens):
        # Never before the first: a header that begins with an empty line is taken for spam.
        if number and len(lines[-1]) + 1 + len(token) > _FOLD_AT:
            lines.append("")
        lines[-1] += f" {token}"
    return "\r\n".join(lines)


def check_message(content: bytes, names: Sequence[str]) -> None:
    """Nothing when the message has exactly these headers, once each, and is fit for the wire.

    Raises DeliveryError when a header more or fewer stands there, when a line is too long or ends
    in anything but CR LF, or when something is not ASCII. It looks at the bytes alone, so it
    holds whatever the library that wrote them does.
    """
    head, blank, _ = content.partition(b"\r\n\r\n")
    found = []
    for line in head.split(b"\r\n"):
        if line[:1] in (b" ", b"\t"):
            continue
        match = _NAME.match(line)
        if match is None:
            raise DeliveryError("the message has a line in its head that is no header")
        found.append(match[1].decode("ascii").lower())
    if not blank or sorted(found) != sorted(name.lower() for name in names):
        raise DeliveryError(
            "the message would not have the headers it was given",
            hint="a title, a name or an address holds something that ends a header",
        )
    lines = content.split(b"\r\n")
    if any(b"\r" in line or b"\n" in line or b"\0" in line for line in lines):
        raise DeliveryError("the message has a line that does not end as lines in mail do")
    if any(len(line) > LONGEST_LINE for line in lines):
        raise DeliveryError(f"the message has a line of more than {LONGEST_LINE} characters")
    if not content.isascii():
        raise DeliveryError("the message is not plain ASCII on the wire")
