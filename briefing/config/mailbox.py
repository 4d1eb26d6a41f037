"""A mail address as a person writes it -> the same in plain ASCII, safe in headers and SMTP."""

from __future__ import annotations

import re
from unicodedata import category

from briefing.config.suggest import clip

_MAILBOX = re.compile(r'("(?P<quoted>[^<>]*)"|(?P<plain>[^<>]*?))\s*<(?P<address>[^<>]*)>')
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
#: What has a meaning of its own in a header, and so stands in a name only between quotation marks.
_TO_QUOTE = frozenset("[],;:@")
_NEVER_IN_NAMES = frozenset('"\\')


def read_mailbox(text: str) -> str:
    """`ana@example.org`, or `Ana Ruiz <ana@example.org>`, with the domain in ASCII.

    A name with signs is given back in quotation marks: `"Ruiz, Ana (desk)" <ana@example.org>`.

    Raises ValueError, in words for the user, for what no server would take, and for whatever could
    end a header or a command and begin another.
    """
    for letter in text:
        if category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
            raise ValueError(f"holds the invisible character U+{ord(letter):04X}; take it out")
    match = _MAILBOX.fullmatch(text.strip())
    address = _address(match["address"] if match else text.strip())
    quoted = match["quoted"] if match else None
    name = " ".join((quoted or (match["plain"] if match else "") or "").split())
    if not name:
        return address
    marks = sorted(_NEVER_IN_NAMES & set(name))
    if marks or "=?" in name:
        shown = " ".join(marks) or "=?"
        raise ValueError(f"the name in '{clip(text)}' cannot hold {shown}; leave it out")
    marks = sorted(_TO_QUOTE & set(name))
    if marks and quoted is None:
        raise ValueError(
            f"the name in '{clip(text)}' holds {' '.join(marks)}; put it in quotation marks, as in"
            f" '\"{clip(name)}\" <{address}>'"
        )
    needs_quotes = marks or set("()") & set(name)
    return f'"{name}" <{address}>' if needs_quotes else f"{name} <{address}>"


def address_of(mailbox: str) -> str:
    """A checked mailbox without its name."""
    return mailbox.rsplit("<", 1)[-1].rstrip(">")


def domain_of(mailbox: str) -> str:
    """The domain of a checked mailbox."""
    return mailbox.rsplit("@", 1)[-1].rstrip(">")


def _address(text: str) -> str:
    local, at, domain = text.rpartition("@")
    if not at or not local or not domain or any(map(str.isspace, text)):
        raise ValueError(f"must be an address such as ana@example.org, not '{clip(text)}'")
    if not local.isascii():
        raise ValueError(
            f"'{clip(text)}': letters beyond a-z before the @ need a mail server that few have"
        )
    if not _LOCAL.fullmatch(local) or len(local) > 64:
        raise ValueError(f"must be an address such as ana@example.org, not '{clip(text)}'")
    try:
        ascii_domain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise ValueError(f"'{clip(text)}': no such domain can be") from error
    labels = ascii_domain.split(".")
    if len(ascii_domain) > 253 or not all(map(_LABEL.fullmatch, labels)):
        raise ValueError(f"must be an address such as ana@example.org, not '{clip(text)}'")
    return f"{local}@{ascii_domain}"
