"""Editions become messages: what stands in them, what cannot get in, and what they lack."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import getaddresses
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from briefing.config.delivery import MailSpec
from briefing.deliverers.message import compose
from briefing.errors import DeliveryError
from briefing.models import Brief, Problem
from briefing.renderers import Templates
from tests.build import make_awkward_brief, make_plain_brief, make_small_brief
from tests.deliverers.editions import NOW, PDF, make_edition, make_mail

HEADERS = [
    *("Date", "From", "To", "Subject", "Message-ID", "List-Id", "Auto-Submitted"),
    *("MIME-Version", "Content-Type"),
]
HOSTILE = "Talks =?UTF-8?Q?=0ABcc:_x=40evil.example=0A?= =?utf-8?b?CkJjYzogeEB5?=\r\nBcc: x@y\u2028"


def bytes_of(folder: Path, mail: MailSpec | None = None, **given: Any) -> bytes:
    values = {"recipient": "ana@example.org", "edition_number": 3, "now": NOW, **given}
    return compose(folder, mail or make_mail(), **values).content


def parse(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def body(content: bytes, kind: str) -> str:
    part = parse(content).get_body((kind,))
    assert part is not None
    return str(part.get_content())


def header_names(content: bytes) -> list[str]:
    head = content.partition(b"\r\n\r\n")[0].decode("ascii")
    return [line.partition(":")[0] for line in head.split("\r\n") if line[:1] not in " \t"]


def raw_header(content: bytes, name: str) -> list[str]:
    head = content.partition(b"\r\n\r\n")[0].decode("ascii")
    return [line for line in head.split("\r\n") if line.startswith(f"{name}:")]


def test_a_message_has_text_html_and_pdf(tmp_path: Path) -> None:
    message = parse(bytes_of(make_edition(tmp_path)))
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == [
        *("multipart/mixed", "multipart/alternative", "text/plain", "text/html"),
        "application/pdf",
    ]
    (attachment,) = message.iter_attachments()
    assert attachment.get_content() == PDF
    assert re.fullmatch(r"[a-z-]+-2024-05-14T1200Z\.pdf", attachment.get_filename() or "")


def test_headers_are_those_of_a_list_and_no_others(tmp_path: Path) -> None:
    brief = replace(make_plain_brief(), marking="TLP:CLEAR", title="Talks – on water")
    folder = make_edition(tmp_path, brief)
    content = bytes_of(folder)
    message = parse(content)
    assert header_names(content) == HEADERS
    assert message["Subject"] == "[TLP:CLEAR] Talks – on water, edition 3"
    assert message["From"] == "The desk <desk@example.org>"
    assert message["To"] == "Ana Ruiz <ana@example.org>"
    assert message["Date"].datetime == brief.as_of
    assert message["List-Id"] == f"<{brief.name}.example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    key = f"{brief.name}/2024-05-14T1200Z|ana@example.org"
    assert message["Message-ID"] == f"<{sha256(key.encode()).hexdigest()[:40]}@example.org>"


def test_the_same_edition_is_the_same_message_but_for_each_recipient_its_own(
    tmp_path: Path,
) -> None:
    folder, mail = make_edition(tmp_path), make_mail(bcc=["bo@example.org"])
    first = compose(folder, mail, recipient="ana@example.org", edition_number=1, now=NOW)
    later = NOW + timedelta(days=2)
    again = compose(folder, mail, recipient="ana@example.org", edition_number=1, now=later)
    other = compose(folder, mail, recipient="bo@example.org", edition_number=1, now=NOW)
    assert first == again
    assert other.message_id != first.message_id
    assert b"bo@example.org" not in other.content + first.content


def test_an_edition_of_tomorrow_is_not_dated_ahead(tmp_path: Path) -> None:
    early = datetime(2024, 5, 14, 6, 0, tzinfo=UTC)
    assert parse(bytes_of(make_edition(tmp_path), now=early))["Date"].datetime == early


def test_one_click_unsubscribe_is_one_unbroken_line(tmp_path: Path) -> None:
    address = "https://lists.example.org/leave/" + "0123456789abcdef" * 30
    mail = make_mail(unsubscribe=f"{address}?r={{recipient}}", reply_to="Chef <chef@example.org>")
    content = bytes_of(make_edition(tmp_path), mail)
    expected = f"List-Unsubscribe: <{address}?r=ana%40example.org>"
    assert raw_header(content, "List-Unsubscribe") == [expected]
    assert raw_header(content, "List-Unsubscribe-Post") == [
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click"
    ]
    assert parse(content)["Reply-To"] == "Chef <chef@example.org>"


def test_without_tls_nobody_is_told_that_one_click_is_enough(tmp_path: Path) -> None:
    mail = make_mail(unsubscribe="http://lists.example.org/leave")
    content = bytes_of(make_edition(tmp_path), mail)
    assert len(raw_header(content, "List-Unsubscribe")) == 1
    assert raw_header(content, "List-Unsubscribe-Post") == []


@pytest.mark.parametrize("place", ["title", "marking", "issuer", "subject", "from_"])
def test_no_text_adds_a_header(tmp_path: Path, place: str) -> None:
    """Also by encoded word, which Python 3.11.7 decodes into the head (CVE-2024-6923)."""
    brief, mail = make_plain_brief(), make_mail()
    if place in ("title", "marking", "issuer"):
        fields: dict[str, Any] = {place: HOSTILE}
        brief = replace(brief, **fields)
    else:
        value = HOSTILE if place == "subject" else f"{HOSTILE[:60]} <desk@example.org>"
        mail = mail.model_copy(update={place: value})
        if place == "from_":
            with pytest.raises(DeliveryError, match="a mail address"):
                bytes_of(make_edition(tmp_path, brief), mail)
            return
    content = bytes_of(make_edition(tmp_path, brief), mail)
    assert header_names(content) == HEADERS
    assert parse(content)["Bcc"] is None
    assert len(raw_header(content, "Subject")) == 1
    assert len(str(parse(content)["Subject"]).splitlines()) == 1
    assert len(str(parse(content)["Subject"])) <= 150


def test_the_library_alone_would_add_one() -> None:
    """Should this fail, Python is mended; the cleaner stays, for whoever has an older one."""
    message = EmailMessage(policy=SMTP.clone(max_line_length=990))
    message["Subject"] = "Talks =?UTF-8?Q?=0A?=Bcc: x@y.example"
    try:
        added = b"\nBcc: x@y.example" in message.as_bytes()
    except ValueError:
        added = True  # newer ones notice when they write it
    assert added


@pytest.mark.parametrize(
    "recipient",
    ["a@b.org\r\nBcc: x@y.org", "a@b.org>\nRCPT TO:<x@y.org", "@", "a@b..c", "a b@c.org", "", "a"],
)
def test_what_is_no_address_is_refused(tmp_path: Path, recipient: str) -> None:
    folder = make_edition(tmp_path)
    with pytest.raises(DeliveryError, match="a mail address"):
        bytes_of(folder, recipient=recipient)


def test_domains_are_sent_in_ascii(tmp_path: Path) -> None:
    mail = make_mail(to=["Jörg Müller <joerg@bücher.example>"])
    message = parse(bytes_of(make_edition(tmp_path), mail, recipient="joerg@bücher.example"))
    assert message["To"] == "Jörg Müller <joerg@xn--bcher-kva.example>"


def test_names_go_out_whole_and_as_they_are(tmp_path: Path) -> None:
    long = "The Standing Committee on Harbours, Waterways and Fisheries of the Northern Provinces"
    names = ["Doe, John", "Ana Ruiz (desk)", f"{long} – Büro für Öffentlichkeitsarbeit", "J. Doe"]
    mail = make_mail(to=[f'"{name}" <p{n}@example.org>' for n, name in enumerate(names)])
    content = bytes_of(make_edition(tmp_path), mail, recipient="p0@example.org")
    # With the elder parser: the newer one, in Python 3.11, puts spaces between encoded words.
    read = getaddresses([str(message_from_bytes(content)["To"])])
    assert [str(make_header(decode_header(name))) for name, _ in read] == names
    assert [address for _, address in read] == [f"p{n}@example.org" for n in range(4)]
    head = content.partition(b"\r\n\r\n")[0].decode("ascii").split("\r\n")
    assert max(map(len, head)) <= 78


def test_a_hundred_see_one_another_and_no_more(tmp_path: Path) -> None:
    folder = make_edition(tmp_path)
    many = [f"person-{n}@example.org" for n in range(101)]
    shown = make_mail(to=many[:100])
    assert len(parse(bytes_of(folder, shown))["To"].addresses) == 100
    assert max(map(len, bytes_of(folder, shown).split(b"\r\n"))) <= 998
    with pytest.raises(DeliveryError, match="would see one another"):
        bytes_of(folder, make_mail(to=many))


def test_a_long_title_leaves_room_for_marking_and_number(tmp_path: Path) -> None:
    brief = replace(make_plain_brief(), title="river " * 2000, marking="TLP:AMBER+STRICT")
    subject = str(parse(bytes_of(make_edition(tmp_path, brief)))["Subject"])
    assert subject.startswith("[TLP:AMBER+STRICT] river river")
    assert subject.endswith("…, edition 3")
    assert len(subject) <= 150


def test_the_subject_is_filled_in(tmp_path: Path) -> None:
    brief = replace(make_plain_brief(), marking="TLP:RED", title="On {number} rivers")
    mail = make_mail(subject="{marking}: {title} of {date}, {edition} no. {number} {name}")
    subject = str(parse(bytes_of(make_edition(tmp_path, brief), mail))["Subject"])
    assert subject == (
        f"TLP:RED: On {{number}} rivers of 14 May 2024, 2024-05-14T1200Z no. 3 {brief.name}"
    )


@pytest.mark.parametrize("make_brief", [make_plain_brief, make_awkward_brief, make_small_brief])
@pytest.mark.parametrize("kind", ["plain", "html"])
def test_the_bottom_line_stands_in_both_bodies(tmp_path: Path, make_brief: Any, kind: str) -> None:
    brief: Brief = make_brief()
    folder = make_edition(tmp_path, brief)
    said = visible(body(bytes_of(folder), kind))
    facts = json.loads((folder / "brief.json").read_bytes())
    claims = {c["id"]: c for s in facts["sections"] for c in (*s["claims"], *s["more"])}
    for claim_id in facts["bottom_line"]:
        assert " ".join(claims[claim_id]["text"].split()) in said
    for section in facts["sections"]:
        assert " ".join(section["title"].split()) in said
    assert "Edition 3, 14 May 2024." in said


def visible(text: str) -> str:
    from html import unescape

    without = re.sub(r"<(style|title)>.*?</\1>|<!--.*?-->", " ", text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", without)).split())


def test_html_asks_for_nothing_and_is_small(tmp_path: Path) -> None:
    brief = replace(make_awkward_brief(), marking="TLP:CLEAR")
    content = bytes_of(make_edition(tmp_path, brief), make_mail(link="https://b.example/{name}"))
    html = body(content, "html")
    assert len(html.encode()) < 60_000
    assert not re.search(r"<(img|script|link|iframe|object|svg|form)\b|url\(|@import", html)
    assert not re.search(r"\bsrc=|\bon[a-z]+=", html)
    assert 'name="color-scheme" content="light dark"' in html
    assert "prefers-color-scheme: dark" in html
    assert 'class="side"' in html
    assert re.search(r'<h1[^>]+style="[^"]*font-size', html)
    assert f'href="https://b.example/{brief.name}"' in html


def test_what_an_article_says_is_text_alone(tmp_path: Path) -> None:
    title = "<script>alert(1)</script> {{ 7*7 }} <b>water</b>"
    content = bytes_of(make_edition(tmp_path, replace(make_plain_brief(), title=title)))
    html = body(content, "html")
    assert "<script>" not in html
    assert "<b>" not in html
    assert title in body(content, "plain")


def test_a_login_in_an_address_is_never_shown(tmp_path: Path) -> None:
    brief = make_plain_brief()
    article = replace(brief.articles[0], url="https://reader:s3cret@courier.example/world")
    fields = json.loads((make_edition(tmp_path, brief) / "brief.json").read_bytes())
    fields["articles"][0]["url"] = article.url
    fields["problems"] = [{"subject": "https://reader:s3cret@news.example/feed", "reason": "404"}]
    folder = changed(make_edition(tmp_path, brief), fields)
    content = bytes_of(folder)
    for kind in ("plain", "html"):
        assert "s3cret" not in body(content, kind)
        assert "https://courier.example/world" in body(content, kind)
        assert "https://news.example/feed" in body(content, kind)


def changed(folder: Path, fields: Mapping[str, object]) -> Path:
    """The edition with another brief.json, and a manifest that knows it."""
    content = json.dumps(fields, ensure_ascii=False).encode()
    (folder / "brief.json").write_bytes(content)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    for file in manifest["files"]:
        if file["path"] == "brief.json":
            file["sha256"] = sha256(content).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def test_times_are_in_the_zone_of_the_brief(tmp_path: Path) -> None:
    folder = make_edition(tmp_path, timezone="America/New_York")
    assert "14 May 2024, 08:00 EDT" in body(bytes_of(folder), "plain")


def test_what_was_not_read_and_what_differs_is_said(tmp_path: Path) -> None:
    problems = tuple(Problem(f"articles/{n}.txt", "empty") for n in range(5))
    brief = replace(make_plain_brief(), problems=problems)
    said = body(bytes_of(make_edition(tmp_path, brief)), "plain")
    assert (
        "Not read, or only in part: articles/0.txt, articles/1.txt, articles/2.txt and 2 more."
        in (said)
    )
    assert brief.disagreements[0].about in said


def test_the_whole_brief_and_only_a_link(tmp_path: Path) -> None:
    folder, link = make_edition(tmp_path), "https://b.example/{name}/{edition}"
    facts = json.loads((folder / "brief.json").read_bytes())
    printed = [c["text"] for s in facts["sections"] for c in s["claims"]]
    full = visible(body(bytes_of(folder, make_mail(body="full", link=link)), "html"))
    assert [text for text in printed if " ".join(text.split()) not in full] == []
    short = visible(body(bytes_of(folder, make_mail(body="link", link=link)), "html"))
    assert [text for text in printed if " ".join(text.split()) in short] == []
    plain = body(bytes_of(folder, make_mail(body="link", link=link)), "plain")
    assert f"https://b.example/{facts['name']}/2024-05-14T1200Z" in plain


def test_a_brief_too_long_for_a_message_is_cut_short_and_says_so(tmp_path: Path) -> None:
    fields = json.loads((make_edition(tmp_path) / "brief.json").read_bytes())
    section = fields["sections"][0]
    section["claims"] = section["claims"] * (400 // len(section["claims"]) + 1)
    folder = changed(make_edition(tmp_path), fields)
    html = body(bytes_of(folder, make_mail(body="full")), "html")
    assert len(html.encode()) < 60_000
    assert "Too long for a message: only the first statements stand here." in html


def test_a_message_too_large_goes_without_the_pdf_and_says_so(tmp_path: Path) -> None:
    folder = make_edition(tmp_path, pdf=b"%PDF-1.7\n" + bytes(range(256)) * 1000)
    mail = make_mail(max_size="100kB", link="https://b.example/{edition}")
    content = bytes_of(folder, mail)
    assert len(content) <= 100_000
    assert list(parse(content).iter_attachments()) == []
    note = "T1200Z.pdf, 256 kB; a message may have 100 kB. Open it at the address above."
    for kind in ("plain", "html"):
        assert "Not attached: " in visible(body(content, kind))
        assert note in visible(body(content, kind))


def test_a_message_that_cannot_be_small_enough_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="even without attachments"):
        bytes_of(make_edition(tmp_path), make_mail(max_size="10kB"))


def test_without_the_pdf_that_is_asked_for_there_is_no_message(tmp_path: Path) -> None:
    folder = make_edition(tmp_path, pdf=None)
    with pytest.raises(DeliveryError, match=r"has no brief\.pdf to attach"):
        bytes_of(folder)
    assert list(parse(bytes_of(folder, make_mail(attach=[]))).iter_attachments()) == []


@pytest.mark.parametrize("name", ["brief.json", "brief.pdf"])
def test_a_file_that_is_not_as_written_is_not_sent(tmp_path: Path, name: str) -> None:
    folder = make_edition(tmp_path)
    with (folder / name).open("ab") as stream:
        stream.write(b" ")
    with pytest.raises(DeliveryError, match=r"not what manifest\.json says"):
        bytes_of(folder)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"files": [{"path": "../x"}]}', b"\xff"])
def test_a_folder_that_is_no_edition_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(DeliveryError, match="cannot be read"):
        bytes_of(tmp_path)
    (tmp_path / "manifest.json").write_bytes(content)
    with pytest.raises(DeliveryError, match="not the manifest of an edition"):
        bytes_of(tmp_path)


@pytest.mark.parametrize(
    "fields", [{}, {"schema": "brief/2"}, {"schema": "brief/1", "as_of": 3}, []]
)
def test_a_brief_that_is_none_is_refused(tmp_path: Path, fields: Any) -> None:
    with pytest.raises(DeliveryError, match=r"brief\.json"):
        bytes_of(changed(make_edition(tmp_path), fields))


def test_a_users_own_template_is_used(tmp_path: Path) -> None:
    (tmp_path / "mail.txt.j2").write_text("{{ title }}: {{ read }}\n", encoding="utf-8")
    content = bytes_of(make_edition(tmp_path / "out"), templates=Templates(tmp_path))
    assert re.fullmatch(r".+: 4 articles, \d+ words\n", body(content, "plain").replace("\r", ""))
