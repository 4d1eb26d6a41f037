"""When a brief recurs and where its editions go, as frozen types that check themselves."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time, timedelta
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from briefing.config.cron import check_cron, is_daily
from briefing.config.mailbox import address_of, domain_of, read_mailbox
from briefing.config.suggest import clip, no_such
from briefing.config.values import (
    Address,
    Line,
    Location,
    Span,
    Spec,
    Title,
    Zone,
    mistake,
    parse_span,
    without_controls,
    write_span,
)

#: Most recipients of one mail; more belong on a mailing list, which this is not.
MOST_RECIPIENTS = 1000

#: A key of a server and its value -> why the password cannot be had there; "" when it may.
PasswordFault = Callable[[str, str], str]
#: What is filled into a subject, each in braces.
PLACEHOLDERS = ("title", "date", "number", "marking", "edition", "name")

_BRACES = re.compile(r"\{([^{}]*)\}")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\[?[0-9A-Fa-f:.]{2,45}\]?")
_LIST_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,200}[A-Za-z0-9])?")
_SIZE = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*([kM])B", re.ASCII)
_SIZES = {"k": 1_000, "M": 1_000_000}
_STORE = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*)://(?P<rest>.*)", re.DOTALL)
_LOGIN = re.compile(r"[^/@]*:[^/@]*@|.*[?&]password=")


def _cut_off(value: object) -> object:
    if isinstance(value, time | timedelta):
        return value
    text = str(value).strip()
    match = _CLOCK.fullmatch(text)
    if match and int(match[1]) < 24 and int(match[2]) < 60:
        return time(int(match[1]), int(match[2]))
    span = parse_span(text)
    if span is None:
        raise mistake(
            "must be a time of day such as 07:30, or how long before the edition, such as 15m; "
            f"not '{clip(text)}'"
        )
    return span


def _write_cut_off(value: time | timedelta) -> str:
    return value.strftime("%H:%M") if isinstance(value, time) else write_span(value)


def _mailbox(text: str) -> str:
    try:
        return read_mailbox(text)
    except ValueError as error:
        raise mistake(str(error)) from error


def _variable(text: str) -> str:
    if not _VARIABLE.fullmatch(text):
        raise mistake(
            f"must be the name of an environment variable, such as SMTP_PASSWORD, not "
            f"{'its value' if len(text) > 100 else 'something else'}"
        )
    return text


def _host(text: str) -> str:
    if not _HOST.fullmatch(text):
        raise mistake(f"must be a host such as mail.example.org, not '{clip(text)}'")
    return text.strip("[]")


def _subject(text: str) -> str:
    """The subject; a mistake for braces that nothing would be filled into."""
    for inner in _BRACES.findall(text):
        word = re.split(r"[!:.\[ ]", inner.strip())[0]
        if inner in PLACEHOLDERS:
            continue
        if word in PLACEHOLDERS:
            raise mistake(f"write {{{word}}}, not {{{clip(inner)}}}; it is filled in as it is")
        raise mistake(f"{{{clip(inner)}}}: {no_such(word, PLACEHOLDERS)}, each in braces")
    if set("{}") & set(_BRACES.sub("", text)):
        raise mistake("has a brace without its other; a placeholder is written {title}")
    return text


def _list_id(text: str) -> str:
    if not _LIST_ID.fullmatch(text) or "." not in text:
        raise mistake(f"must be a name such as morning.example.org, not '{clip(text)}'")
    return text


def _size(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    match = _SIZE.fullmatch(str(value).strip())
    size = round(float(match[1]) * _SIZES[match[2]]) if match else 0
    if size < 10_000:
        raise mistake(f"must be a size from 10 kB, such as 10MB, not '{clip(str(value))}'")
    return size


def _store(text: str) -> str:
    url = _STORE.fullmatch(text)
    if url is None:
        return text
    if url["scheme"] not in ("postgresql", "postgres"):
        raise mistake("must be a file, or an address that begins with postgresql://")
    if _LOGIN.match(url["rest"]):
        raise mistake(
            "holds a password; leave it out here, and give it in PGPASSWORD, in ~/.pgpass, "
            "or the whole address in BRIEF_STORE"
        )
    return text


def _keep(span: timedelta) -> timedelta:
    if span < timedelta(days=365):
        raise mistake("evidence is kept for at least 365d")
    return span


Mailbox = Annotated[str, AfterValidator(_mailbox)]
Mailboxes = Annotated[tuple[Mailbox, ...], Field(max_length=MOST_RECIPIENTS)]
Variable = Annotated[str, AfterValidator(_variable)]
Keep = Annotated[Span, AfterValidator(_keep)]
StoreLocation = Annotated[Location, AfterValidator(_store)]
CutOff = Annotated[
    time | timedelta,
    BeforeValidator(_cut_off),
    PlainSerializer(_write_cut_off, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^\s*(\d{1,2}:\d{2}|\d{1,5}\s*[smhdw])\s*$"}),
]
Size = Annotated[
    int,
    BeforeValidator(_size),
    WithJsonSchema({"type": "string", "pattern": r"^\s*\d{1,6}(\.\d{1,3})?\s*[kM]B\s*$"}),
]


class ScheduleSpec(Spec):
    """When editions are due, and which articles belong to each."""

    cron: Annotated[Line, AfterValidator(check_cron)]
    """When: minute, hour, day, month, weekday, such as `44 7 * * 1-5`; or `@daily` and the like."""
    timezone: Zone | None = None
    """IANA time zone of `cron` and `cut_off`; by default the brief's."""
    window: Span | None = None
    """How far back articles go, such as `24h`; by default to whatever no edition has used."""
    cut_off: CutOff | None = None
    """Articles published later wait for the next edition: a time of day such as `07:30`, or how \
long before the edition, such as `15m`; by default the edition's own time."""
    catch_up: Literal["latest", "all", "none"] = "latest"
    """Which missed editions are made when nothing ran at their time."""
    max_late: Span = timedelta(hours=24)
    """How late an edition may still be made; later it is recorded as missed."""
    min_sources: Annotated[int, Field(ge=1)] = 1
    """Fewest sources that must be readable; with fewer, nothing is built or sent."""
    nothing_new: Literal["send", "skip", "short"] = "send"
    """What to do when no article in the window is new: an edition of what there is, none, or one \
that only says so."""

    @field_validator("cut_off")
    @classmethod
    def _tells_editions_apart(
        cls, cut_off: time | timedelta | None, info: ValidationInfo
    ) -> time | timedelta | None:
        if isinstance(cut_off, time) and not is_daily(info.data.get("cron", "@daily")):
            raise mistake(
                "a time of day needs a schedule of one time a day; give how long before, "
                "such as 15m"
            )
        return cut_off


class SmtpSpec(Spec):
    """The mail server that takes the messages."""

    host: Annotated[str, AfterValidator(without_controls), AfterValidator(_host)]
    """Its name."""
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    """Its port; on 465 TLS begins at once, on others with STARTTLS."""
    tls: Literal["required", "opportunistic", "none"] = "required"
    """Whether the line must be encrypted, and the server's certificate verified."""
    user: Title | None = None
    """Who logs in; without it, nobody does."""
    password_env: Variable | None = None
    """The environment variable that holds the password."""
    password_file: Location | None = None
    """The file that holds the password, relative to the configuration file."""
    password_command: Title | None = None
    """The command that prints the password."""

    @field_validator("password_env", "password_file", "password_command")
    @classmethod
    def _can_be_had(cls, value: str | None, info: ValidationInfo) -> str | None:
        fault: PasswordFault | None = (info.context or {}).get("password_fault")
        if (
            value is not None
            and fault is not None
            and (found := fault(str(info.field_name), value))
        ):
            raise mistake(found)
        return value

    @model_validator(mode="after")
    def _can_log_in(self) -> SmtpSpec:
        given = [
            key
            for key in ("password_env", "password_file", "password_command")
            if getattr(self, key) is not None
        ]
        if len(given) > 1:
            raise mistake(f"names {' and '.join(given)}; one is enough")
        if self.user is not None and not given:
            raise mistake("has a user but no password_env, password_file or password_command")
        if given and self.user is None:
            raise mistake(f"has {given[0]} but no user")
        if self.user is not None and self.tls != "required" and not is_loopback(self.host):
            raise mistake(f"tls: {self.tls} would send the password in clear; leave tls out")
        return self


class MailSpec(Spec):
    """A message for each recipient, with the brief in it."""

    to: Annotated[Mailboxes, Field(min_length=1)]
    """Who gets it: addresses such as `ana@example.org` or `Ana Ruiz <ana@example.org>`."""
    cc: Mailboxes = ()
    """Who gets it as well, shown to all."""
    bcc: Mailboxes = ()
    """Who gets it as well, shown to nobody."""
    from_: Annotated[Mailbox, Field(alias="from")]
    """Whose address it comes from."""
    reply_to: Mailbox | None = None
    """Where answers go."""
    subject: Annotated[Line, AfterValidator(_subject)] = "{title}, {date}"
    """The subject; `{title}`, `{date}`, `{number}`, `{marking}`, `{edition}` and `{name}` are \
filled in."""
    smtp: SmtpSpec
    """The mail server."""
    body: Literal["summary", "full", "link"] = "summary"
    """What the text of the message holds."""
    attach: tuple[Literal["pdf"], ...] = ("pdf",)
    """What is attached."""
    link: Address | None = None
    """Where the editions can be read; `{name}` and `{edition}` are filled in."""
    list_id: Annotated[str, AfterValidator(_list_id)] | None = None
    """The name by which mail programs sort the messages; by default made from `from`."""
    unsubscribe: Address | None = None
    """Where a recipient can leave the list, in one click (RFC 8058)."""
    on_render_failure: Literal["hold", "send_html"] = "hold"
    """What to do when the PDF could not be made: keep the messages back, or send them without."""
    on_unknown: Literal["hold", "resend"] = "hold"
    """What to do when nobody can know whether the server took a message: keep it for you to \
decide, or send it again."""
    max_size: Size = 10_000_000
    """The largest message; a larger one goes without the PDF, and says so."""

    @property
    def recipients(self) -> tuple[str, ...]:
        """Every address that gets a message, each once: to, then cc, then bcc."""
        every = (*self.to, *self.cc, *self.bcc)
        return tuple(dict.fromkeys(address_of(mailbox) for mailbox in every))

    @property
    def domain(self) -> str:
        """The domain of the sender."""
        return domain_of(self.from_)


class FolderSpec(Spec):
    """A copy of each edition in another folder."""

    path: Location
    """The folder, relative to the configuration file; editions stand in it by name."""


class DeliverSpec(Spec):
    """One place where editions go."""

    mail: MailSpec | None = None
    """By mail."""
    folder: FolderSpec | None = None
    """Into a folder."""

    @model_validator(mode="after")
    def _names_one(self) -> DeliverSpec:
        if (self.mail is None) == (self.folder is None):
            raise mistake("must name one of: mail, folder")
        return self


def is_loopback(host: str) -> bool:
    """Whether a mail server is this machine."""
    return host in ("localhost", "::1") or host.startswith("127.")
