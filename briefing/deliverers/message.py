"""Edition folder and MailSpec -> one recipient's whole message, as the bytes that will be sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from briefing.config.delivery import MailSpec
from briefing.config.mailbox import domain_of, read_mailbox
from briefing.deliverers.digest import Digest
from briefing.deliverers.edition_files import EditionFiles, open_edition
from briefing.deliverers.headers import (
    SUBJECT_LIMIT,
    address_header,
    check_message,
    clean_line,
    text_header,
)
from briefing.errors import DeliveryError
from briefing.renderers import Templates
from briefing.renderers.environment import render_template
from briefing.renderers.wording import number, short_day, shorten
from briefing.store.rows import OutgoingMessage

#: Bytes of HTML that a message keeps to, and beyond which mail programs cut it off.
SHORT_LIMIT, FULL_LIMIT = 60_000, 100_000
#: Claims of each section in a short message, tried in this order until it fits.
CLAIMS_EACH = (2, 1, 0)
#: Quoted-printable and base64 lines are broken at 76, as RFC 2045 asks.
_BODY = SMTP.clone(max_line_length=76)
_MOST_SHOWN = 100
_MARKING_LIMIT = 40


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along."""

    name: str  #: as the recipient sees it; ASCII letters, digits and "-" before the ending
    media: tuple[str, str]
    content: bytes

    @property
    def shown(self) -> str:
        """`summit-2024-05-14T1200Z.pdf, 84 kB`."""
        return f"{self.name}, {size_in_words(len(self.content))}"


@dataclass(frozen=True, slots=True)
class Body:
    """What a message says, twice."""

    text: str
    html: str


def compose(
    edition_folder: Path,
    mail: MailSpec,
    *,
    recipient: str,
    edition_number: int,
    now: datetime,
    deliverer: str = "mail",
    templates: Templates | None = None,
) -> OutgoingMessage:
    """The message for `recipient`, one of `mail.recipients`; made of the edition folder alone.

    The same edition gives the same bytes. It is dated as the edition, or `now` where that lies
    ahead. Larger than `mail.max_size`, it goes without the attachment and says so.

    Raises DeliveryError when the folder is not whole, lacks what is to be attached, or no message
    small enough can be made; RenderError for a template's mistake.
    """
    address = _checked(recipient)
    files = open_edition(edition_folder)
    digest = _digest(files.folder, files.manifest_sha256)
    writer = _Writer(files, digest, mail, address, edition_number, now, templates or Templates())
    content = writer.write()
    return OutgoingMessage(
        recipient=address,
        message_id=writer.message_id,
        content=content,
        deliverer=deliverer,
    )


class _Writer:
    """One message in the making."""

    def __init__(
        self,
        files: EditionFiles,
        digest: Digest,
        mail: MailSpec,
        recipient: str,
        edition_number: int,
        now: datetime,
        templates: Templates,
    ) -> None:
        self.files, self.digest, self.mail, self.templates = files, digest, mail, templates
        self.recipient, self.edition_number, self.now = recipient, edition_number, now
        self.sender = _checked(mail.from_)
        # Stands for the recipient in what is rendered once for all. No article can hold it: the
        # manifest's hash is made of the articles.
        self._somebody = f"recipient-{files.manifest_sha256}"
        key = f"{digest.name}/{files.edition}|{recipient}"
        # Made of edition and recipient alone: who tries again sends the same message again.
        mark = sha256(key.encode()).hexdigest()[:40]  # so that the line is short with most domains
        self.message_id = f"<{mark}@{domain_of(self.sender)}>"

    def write(self) -> bytes:
        attachments = tuple(self._attachment(name) for name in dict.fromkeys(self.mail.attach))
        content = self._content(attachments, ())
        if len(content) <= self.mail.max_size:
            return content
        limit = size_in_words(self.mail.max_size)
        where = "open it at the address above" if self.mail.link else "it is in the edition folder"
        if attachments:
            names = " and ".join(attachment.shown for attachment in attachments)
            note = f"Not attached: {names}; a message may have {limit}. {where.capitalize()}."
            content = self._content((), (note,))
        if len(content) > self.mail.max_size:
            raise DeliveryError(
                f"{self.digest.name}: even without attachments the message has "
                f"{size_in_words(len(content))}, and {limit} is the limit",
                hint="set body: link, or raise max_size",
            )
        return content

    def _attachment(self, kind: str) -> Attachment:
        path = f"brief.{kind}"
        if not self.files.has(path):
            raise DeliveryError(
                f"{self.files.folder}: has no {path} to attach; the message is not made",
                hint="add it to formats, or set attach: []",
            )
        name = re.sub(r"[^a-z0-9]+", "-", self.digest.name.lower()).strip("-")[:60] or "brief"
        edition = re.sub(r"[^0-9A-Za-z-]+", "", self.files.edition)
        return Attachment(f"{name}-{edition}.{kind}", ("application", kind), self.files.read(path))

    def _content(self, attachments: tuple[Attachment, ...], notes: tuple[str, ...]) -> bytes:
        body = self._body("; ".join(a.shown for a in attachments), notes)
        head = self._head()
        names = [*(field.partition(":")[0] for field in head), "Content-Type"]
        message = EmailMessage(policy=_BODY)
        alternative = EmailMessage(policy=_BODY) if attachments else message
        alternative["Content-Type"] = "multipart/alternative"
        alternative.attach(_text_part(body.text, "plain"))
        alternative.attach(_text_part(body.html, "html"))
        # Boundaries are random by default; no encoded line can hold "=_", so these are safe.
        mark = sha256((self.message_id + body.html).encode()).hexdigest()[:24]
        alternative.set_boundary(f"=_text_{mark}")
        if attachments:
            message["Content-Type"] = "multipart/mixed"
            message.attach(alternative)
            for attachment in attachments:
                message.attach(_file_part(attachment))
            message.set_boundary(f"=_whole_{mark}")
        content = "\r\n".join([*head, ""]).encode("ascii") + message.as_bytes()
        check_message(content, names)
        return content

    def _head(self) -> list[str]:
        """The header fields but for Content-Type, each folded where it may be.

        List-Unsubscribe and the like have no place for a fold, and stay whole.
        """
        mail = self.mail
        if len(mail.to) + len(mail.cc) > _MOST_SHOWN:
            raise DeliveryError(
                f"{self.digest.name}: more than {_MOST_SHOWN} recipients would see one another",
                hint="name them under bcc",
            )
        date = min(self.digest.as_of.astimezone(UTC), self.now.astimezone(UTC))
        head = [f"Date: {format_datetime(date)}", address_header("From", [_address(mail.from_)])]
        if mail.reply_to is not None:
            head.append(address_header("Reply-To", [_address(mail.reply_to)]))
        head.append(address_header("To", map(_address, mail.to)))
        if mail.cc:
            head.append(address_header("Cc", map(_address, mail.cc)))
        list_id = mail.list_id or f"{self.digest.name}.{domain_of(self.sender)}"
        head += [
            text_header("Subject", self._subject()),
            f"Message-ID: {self.message_id}",
            f"List-Id: <{list_id}>",
        ]
        if (leave := self._unsubscribe()) is not None:
            head.append(f"List-Unsubscribe: <{self._filled(leave)}>")
            if leave.startswith("https://"):
                head.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
        return [*head, "Auto-Submitted: auto-generated", "MIME-Version: 1.0"]

    def _subject(self) -> str:
        """`[TLP:CLEAR] Title, edition 3`: a long title is cut, the rest never."""
        marking = clean_line(self.digest.marking, _MARKING_LIMIT)
        wanted = self.mail.subject
        if marking and "{marking}" not in wanted:
            wanted = "[{marking}] " + wanted
        known = {
            "marking": marking,
            "number": str(self.edition_number),
            "date": short_day(self.digest.as_of.date()),
            "edition": self.files.edition,
            "name": self.digest.name,
        }
        for key, value in known.items():
            wanted = wanted.replace(f"{{{key}}}", value)
        # The title goes in last, so that no braces of its own are filled in.
        before, found, after = clean_line(wanted, SUBJECT_LIMIT).partition("{title}")
        if not found:
            return before
        room = max(SUBJECT_LIMIT - len(before) - len(after), 20)
        title = clean_line(self.digest.title, room)
        return clean_line(f"{before}{title}{after}")

    def _unsubscribe(self) -> str | None:
        """Where anybody can leave; `_filled` puts the recipient in."""
        if self.mail.unsubscribe is None:
            return None
        return _web(self.mail.unsubscribe.replace("{recipient}", self._somebody))

    def _filled(self, text: str) -> str:
        return text.replace(self._somebody, quote(self.recipient, safe=""))

    def _link(self) -> str | None:
        if self.mail.link is None:
            return None
        filled = self.mail.link.replace("{name}", quote(self.digest.name, safe=""))
        return _web(filled.replace("{edition}", quote(self.files.edition, safe="")))

    def _body(self, attached: str, notes: tuple[str, ...]) -> Body:
        """The first body that fits: a full one, then ever fewer claims of each section."""
        if self.mail.body == "link":
            return self._render(0, attached, notes, has_text=False)
        if self.mail.body == "full":
            body = self._render(None, attached, notes)
            if len(body.html.encode()) <= FULL_LIMIT:
                return body
            notes = (*notes, "Too long for a message: only the first statements stand here.")
        for claims_each in CLAIMS_EACH:
            body = self._render(claims_each, attached, notes)
            if max(len(body.html.encode()), len(body.text.encode())) <= SHORT_LIMIT:
                return body
        return self._render(
            0, attached, (*notes, "Too long for a message: see the brief."), has_text=False
        )

    def _render(
        self,
        claims_each: int | None,
        attached: str,
        notes: tuple[str, ...],
        *,
        has_text: bool = True,
    ) -> Body:
        page = _Page(
            folder=self.files.folder,
            manifest_sha256=self.files.manifest_sha256,
            templates=self.templates,
            edition_number=self.edition_number,
            claims_each=claims_each,
            has_text=has_text,
            link=self._link(),
            unsubscribe=self._unsubscribe(),
            attached=attached,
            notes=notes,
        )
        body = _rendered(page)
        return Body(self._filled(body.text), self._filled(body.html))


@dataclass(frozen=True, slots=True)
class _Page:
    """All that a body depends on; the recipient is not part of it."""

    folder: Path
    manifest_sha256: str
    templates: Templates
    edition_number: int
    claims_each: int | None
    has_text: bool
    link: str | None
    unsubscribe: str | None
    attached: str
    notes: tuple[str, ...]


@lru_cache(maxsize=8)
def _rendered(page: _Page) -> Body:
    """Rendered once for all recipients: most of the time of a message goes here."""
    digest = _digest(page.folder, page.manifest_sha256)
    view = digest.view(
        edition_number=page.edition_number,
        claims_each=page.claims_each,
        has_text=page.has_text,
        link=page.link,
        unsubscribe=page.unsubscribe,
        attached=page.attached,
        notes=page.notes,
    )
    text = render_template("mail.txt.j2", {**view}, page.templates)
    html = render_template("mail.html.j2", {**view}, page.templates)
    return Body(re.sub(r"\n{3,}", "\n\n", text).strip() + "\n", inline_styles(html))


@lru_cache(maxsize=2)
def _digest(folder: Path, manifest_sha256: str) -> Digest:
    """What the edition says, read once; the hash makes another build another edition."""
    files = open_edition(folder)
    if files.manifest_sha256 != manifest_sha256:
        raise DeliveryError(f"{folder}: was built anew while its messages were made")
    return Digest(files)


def inline_styles(html: str) -> str:
    """The page with its styles on its elements; only what needs a screen to decide stays apart."""
    import css_inline

    inliner = css_inline.CSSInliner(
        keep_at_rules=True, load_remote_stylesheets=False, minify_css=True
    )
    try:
        return inliner.inline(html)
    except css_inline.InlineError as error:
        raise DeliveryError(f"mail.css: {shorten(str(error), 200)}") from error


def size_in_words(size: int) -> str:
    """`84 kB`, `10 MB`, `12.3 MB`."""
    if size < 1_000_000:
        return f"{number(max(round(size / 1000), 1))} kB"
    return f"{size / 1_000_000:.1f}".removesuffix(".0") + " MB"


def _text_part(text: str, subtype: str) -> EmailMessage:
    part = EmailMessage(policy=_BODY)
    part.set_content(text, subtype=subtype, charset="utf-8", cte="quoted-printable")
    del part["MIME-Version"]  # belongs to the whole message alone
    return part


def _file_part(attachment: Attachment) -> EmailMessage:
    part = EmailMessage(policy=_BODY)
    part.set_content(
        attachment.content,
        *attachment.media,
        cte="base64",
        disposition="attachment",
        filename=attachment.name,
    )
    del part["MIME-Version"]
    return part


def _checked(mailbox: str) -> str:
    """The bare address of a mailbox, checked again here where it becomes part of a protocol."""
    try:
        return read_mailbox(mailbox).rsplit("<", 1)[-1].rstrip(">")
    except ValueError as error:
        raise DeliveryError(f"a mail address {error}") from error


def _address(mailbox: str) -> Address:
    name = mailbox.rpartition("<")[0].strip().strip('"')
    return Address(clean_line(name, len(name)), addr_spec=_checked(mailbox))


def _web(address: str) -> str:
    """An address in ASCII, as it may stand in a header."""
    return quote(address, safe="!#$%&'()*+,/:;=?@[]~-._")
