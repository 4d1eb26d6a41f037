"""A configuration and a clock -> editions and mail: a quarter at a time, and what can go wrong."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from briefing.cli.run import code_of
from briefing.config import Config, ScheduleSpec, load_config
from briefing.deliverers import Outcome
from briefing.errors import NothingToBuild, RenderError
from briefing.models import Article
from briefing.recurring import LEASE, Run, run_due
from briefing.renderers import pdf_document
from briefing.schedule import choose, next_slots
from briefing.store import open_store
from briefing.store.archive import Store
from briefing.store.rows import ClaimedMessage, ClockError
from tests.recurring_site import PASSWORD, RECIPIENTS, write_article, write_config

MADRID = ZoneInfo("Europe/Madrid")
MORNING = datetime(2024, 5, 14, 7, 45, tzinfo=UTC)


@dataclass
class Post:
    """A transport that keeps what it is given; some first tries end with 'not now'."""

    refuses_every: int = 0
    tries: Counter[str] = field(default_factory=Counter)
    taken: Counter[tuple[str, str]] = field(default_factory=Counter)

    def send(self, message: ClaimedMessage, on_transmitting: Callable[[], None]) -> Outcome:
        self.tries[message.message_id] += 1
        is_first = self.tries[message.message_id] == 1
        if self.refuses_every and is_first and len(self.tries) % self.refuses_every == 0:
            return Outcome("retry", "451 not now")
        on_transmitting()
        self.taken[message.recipient, message.message_id] += 1
        return Outcome("sent", "250 taken")


@dataclass
class Site:
    """A folder that recurs, its store, and a clock that is set by hand."""

    folder: Path
    config: Config
    store: Store
    post: Post = field(default_factory=Post)
    now: datetime = MORNING

    def run(self, now: datetime | None = None) -> Run:
        self.now = now or self.now
        return run_due(
            self.config,
            store=self.store,
            clock=lambda: self.now,
            owner="test",
            transport=self.post,
        )

    def configure(self, schedule: str = "", cron: str = "44 7 * * *") -> None:
        path = write_config(self.folder, cron=cron, schedule=schedule)
        self.config = load_config(path)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("SITE_PASSWORD", PASSWORD)
    config = load_config(write_config(tmp_path))
    with open_store(tmp_path / "state.sqlite3", now=datetime(2023, 9, 1, tzinfo=UTC)) as store:
        yield Site(tmp_path, config, store)


def in_madrid(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), MADRID)


# -- a quarter -----------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    "first", [date(2024, 2, 12), date(2024, 9, 9)], ids=["clock-goes-forward", "clock-goes-back"]
)
def test_a_quarter_of_weekdays_over_a_folder_that_fills_day_by_day(site: Site, first: date) -> None:
    days = [first + timedelta(days=n) for n in range(91)]
    site.configure(", window: 24h, cut_off: '07:30', timezone: Europe/Madrid", cron="44 7 * * 1-5")
    site.post.refuses_every = 7
    published = {}
    for number, day in enumerate(days):
        for part, clock in enumerate(("05:00", "07:29", "07:30", "22:00")):
            moment = in_madrid(day, clock)
            key = number * 4 + part
            published[f"articles/round-{key:04}.txt"] = moment
            write_article(site.folder, key, moment.isoformat())
        # From cron, not quite on time, and far more often than anything is due.
        for clock in ("00:10", "07:43", "07:44", "07:45", "08:40", "12:00"):
            site.run(in_madrid(day, clock).astimezone(UTC))
        for path in (site.folder / "articles").iterdir():
            if published[f"articles/{path.name}"] < in_madrid(day, "00:00") - timedelta(days=3):
                path.unlink()  # or the test reads a quarter's articles on each of its days
    weekdays = [day for day in days if day.weekday() < 5]
    rows = site.store.editions("harbour", 200)[::-1]
    assert [row.period for row in rows] == [day.isoformat() for day in weekdays]
    assert [row.number for row in rows] == list(range(1, len(weekdays) + 1))
    for row in rows:
        cut_off = in_madrid(date.fromisoformat(row.period), "07:30")
        begin = in_madrid(date.fromisoformat(row.period) - timedelta(days=1), "07:30")
        expected = {name for name, moment in published.items() if begin <= moment < cut_off}
        assert {each.subject for each in site.store.articles_of(row.edition_id)} == expected
        assert len(expected) == (2 if row.number == 1 else 4)
    mails = {key: n for key, n in site.post.taken.items() if "@" in key[0]}
    assert set(mails.values()) == {1}
    assert Counter(recipient for recipient, _ in mails) == dict.fromkeys(RECIPIENTS, len(rows))
    assert {row.state for row in site.store.outbox()} == {"sent"}
    assert max(site.post.tries.values()) == 2  # some were put off, and came all the same


@pytest.mark.slow
@pytest.mark.parametrize("night", [date(2024, 3, 31), date(2024, 10, 27)])
def test_an_edition_at_0230_is_made_once_on_the_nights_when_the_clock_changes(
    site: Site, night: date
) -> None:
    site.configure(", timezone: Europe/Madrid, nothing_new: short", cron="30 2 * * *")
    write_article(site.folder, 1, "2024-03-01T00:00Z")
    moment = in_madrid(night - timedelta(days=1), "02:40").astimezone(UTC)
    while moment < in_madrid(night + timedelta(days=1), "03:00"):
        site.run(moment)
        moment += timedelta(minutes=10)
    assert [row.period for row in site.store.editions("harbour")] == [
        (night + timedelta(days=n)).isoformat() for n in (1, 0, -1)
    ]
    assert set(site.post.taken.values()) == {1}
    assert len(site.post.taken) == 3 * (len(RECIPIENTS) + 1)


# -- what belongs to an edition ------------------------------------------------------------------


def article(published: date | datetime | None, text: str = "One.") -> Article:
    return Article(id="abcd", text=text, published=published)


def test_articles_belong_to_the_edition_in_whose_window_they_were_published() -> None:
    spec = ScheduleSpec.model_validate({"cron": "44 7 * * *", "window": "24h", "cut_off": "07:30"})
    (slot,) = next_slots(spec, MADRID, now=in_madrid(date(2024, 5, 13), "12:00"), count=1)
    yesterday, today = date(2024, 5, 13), date(2024, 5, 14)
    belongs = {
        in_madrid(yesterday, "07:29"): False,
        in_madrid(yesterday, "07:30"): True,
        in_madrid(today, "07:29"): True,
        in_madrid(today, "07:30"): False,
        today: True,
        yesterday: True,
        date(2024, 5, 12): False,
        date(2024, 5, 15): False,
        None: True,
    }
    for published, expected in belongs.items():
        assert bool(choose([article(published)], slot, MADRID, frozenset()).articles) is expected
    used = frozenset([article(None).sha256])
    for published in (None, today):  # only a time of day says to which edition alone it belongs
        assert not choose([article(published)], slot, MADRID, used).articles


def test_without_a_window_everything_belongs_that_no_edition_has_used(site: Site) -> None:
    write_article(site.folder, 1, "2024-05-10T06:00Z")
    write_article(site.folder, 2, "2024-05-14T07:43Z")
    write_article(site.folder, 3, "2024-05-14T07:45Z")
    site.run(MORNING + timedelta(hours=1))
    write_article(site.folder, 4, "2024-05-14T01:00Z")  # it came late
    site.run(MORNING + timedelta(days=1))
    made_of = [
        sorted(each.subject[-8:-4] for each in site.store.articles_of(row.edition_id))
        for row in site.store.editions("harbour")
    ]
    assert made_of == [["0003", "0004"], ["0001", "0002"]]


@pytest.mark.parametrize(
    ("policy", "outcome", "number", "mails"),
    [("send", "built", 2, 3), ("short", "built", 2, 3), ("skip", "skipped", None, 0)],
)
def test_when_nothing_is_new(
    site: Site, policy: str, outcome: str, number: int | None, mails: int
) -> None:
    site.configure(f", nothing_new: {policy}")
    write_article(site.folder, 1, "2024-05-14T06:00Z")
    site.run(MORNING)
    before = site.post.taken.total()
    (report,) = site.run(MORNING + timedelta(days=1)).reports
    assert (report.outcome, report.number) == (outcome, number)
    assert len([key for key in site.post.taken if "@" in key[0]]) - 3 == mails
    if report.folder is not None:
        text = (report.folder / "brief.md").read_text(encoding="utf-8")
        assert "Nothing new since the last edition" in text
    else:
        assert site.post.taken.total() == before


# -- what fails, and is tried again --------------------------------------------------------------


def test_when_no_source_can_be_read_nothing_is_sent_and_nothing_is_used(site: Site) -> None:
    done = site.run(MORNING)
    (report,) = done.reports
    assert report.outcome == "failed"
    assert isinstance(report.error, NothingToBuild)
    assert code_of(done) == 3
    assert not site.post.taken
    assert not site.store.used_articles("harbour")
    write_article(site.folder, 1, "2024-05-14T06:00Z")
    assert [each.outcome for each in site.run(MORNING).reports] == ["built"]


def test_with_fewer_sources_than_min_sources_nothing_is_sent(site: Site) -> None:
    site.configure(", min_sources: 2")
    path = site.folder / "config.yaml"
    more = "sources: [{path: articles/*.txt}, {path: gone/*.txt}, {path: more/*.txt}]"
    text = path.read_text(encoding="utf-8").replace("sources: [{path: articles/*.txt}]", more)
    path.write_text(text, encoding="utf-8")
    site.config = load_config(path)
    write_article(site.folder, 1, "2024-05-14T06:00Z")
    (report,) = site.run(MORNING).reports
    assert report.reason == "harbour: 1 of 3 sources can be read, and min_sources is 2"
    (site.folder / "more").mkdir()
    write_article(site.folder, 2, "2024-05-14T05:00Z").rename(site.folder / "more" / "b.txt")
    (report,) = site.run(MORNING).reports
    assert (report.outcome, code_of(site.run(MORNING))) == ("built", 0)
    assert [problem.subject for problem in report.problems] == ["gone/*.txt"]


def test_what_fails_is_tried_more_and_more_rarely_and_then_recorded_as_missed(site: Site) -> None:
    tried = []
    for minute in (*range(130), *range(130, 1400, 5), *range(1400, 24 * 60 + 1)):
        moment = MORNING + timedelta(minutes=minute)
        tried += [(minute, report) for report in site.run(moment).reports]
    minutes = [minute for minute, report in tried if report.outcome == "failed"]
    assert minutes[:8] == [0, 1, 2, 6, 14, 30, 62, 122]
    assert len(minutes) < 40
    missed = [report for _, report in tried if report.outcome == "missed"]
    assert [report.period for report in missed] == ["2024-05-14"]
    assert missed[0].reason == (
        "a later one is due, and catch_up is latest; before: harbour: 0 of 1 sources can be read"
    )


def test_one_brief_that_fails_leaves_the_others_alone(site: Site) -> None:
    path = site.folder / "config.yaml"
    text = path.read_text(encoding="utf-8")
    other = text[text.index("  harbour:") :].replace("  harbour:", "  port:", 1)
    other = other.replace("articles/*.txt", "gone/*.txt").replace("copies", "more-copies")
    path.write_text(text + other, encoding="utf-8")
    site.config = load_config(path)
    write_article(site.folder, 1, "2024-05-14T06:00Z")
    done = site.run(MORNING)
    assert [(each.brief, each.outcome) for each in done.reports] == [
        ("harbour", "built"),
        ("port", "failed"),
    ]
    assert code_of(done) == 3


# -- clocks --------------------------------------------------------------------------------------


def test_an_absurd_clock_stops_everything_before_anything_is_made(site: Site) -> None:
    write_article(site.folder, 1, "2024-05-14T06:00Z")
    site.run(MORNING)
    taken = site.post.taken.copy()
    for absurd in (
        datetime(1970, 1, 2, tzinfo=UTC),
        MORNING - timedelta(days=2),
        MORNING + timedelta(days=3650),
    ):
        with pytest.raises(ClockError):
            site.run(absurd)
    assert site.post.taken == taken
    assert len(site.store.editions("harbour")) == 1


def test_small_jumps_of_the_clock_send_nothing_twice(site: Site) -> None:
    write_article(site.folder, 1, "2024-05-14T06:00Z")
    for jump in (0, 60, -60, 12 * 60, -6 * 60, 0):
        site.run(MORNING + timedelta(minutes=jump))
    assert set(site.post.taken.values()) == {1}
    assert [row.period for row in site.store.editions("harbour")][-1] in (
        "2024-05-13",
        "2024-05-14",
    )


@pytest.mark.parametrize(
    ("catch_up", "built", "missed"), [("latest", 2, 2), ("all", 2, 2), ("none", 1, 3)]
)
def test_after_three_days_of_silence(site: Site, catch_up: str, built: int, missed: int) -> None:
    site.configure(f", catch_up: {catch_up}, nothing_new: short")
    write_article(site.folder, 1, "2024-05-14T06:00Z")
    site.run(MORNING)
    done = site.run(MORNING + timedelta(days=3, hours=2))
    states = Counter(row.state for row in site.store.editions("harbour"))
    assert states == {"built": built, "missed": missed}
    assert code_of(done) == 1
    assert code_of(site.run(MORNING + timedelta(days=3, hours=3))) == 0


# -- a store that was put back, or lost ----------------------------------------------------------


def mails(site: Site) -> set[str]:
    """The states of the messages to people."""
    return {row.state for row in site.store.outbox() if "@" in row.recipient}


def mailed(site: Site) -> Counter[str]:
    """How many messages each person got."""
    taken = Counter(recipient for recipient, _ in site.post.taken.elements())
    return Counter({recipient: n for recipient, n in taken.items() if "@" in recipient})


def test_a_store_put_back_sends_nothing_that_may_have_been_sent_since(site: Site) -> None:
    write_article(site.folder, 1, "2024-05-14T06:00Z")
    site.post.refuses_every = 1
    site.run(MORNING)  # which puts everything off
    site.store.backup(site.folder / "old.sqlite3", now=MORNING + timedelta(minutes=1))
    site.post.refuses_every = 0
    write_article(site.folder, 2, "2024-05-15T06:00Z")
    for hours in (1, 24, 48):
        site.run(MORNING + timedelta(hours=hours))
    assert mailed(site) == dict.fromkeys(RECIPIENTS, 3)
    for path in sorted((site.folder / "out").rglob("*"), reverse=True):  # out/ is gone as well
        path.unlink() if path.is_file() or path.is_symlink() else path.rmdir()
    with open_store(site.folder / "old.sqlite3", now=MORNING) as old:
        site.store = old
        done = site.run(MORNING + timedelta(hours=49))
        assert mailed(site) == dict.fromkeys(RECIPIENTS, 3)
        assert [(each.outcome, each.period) for each in done.reports] == [
            ("missed", "2024-05-15"),
            ("held", "2024-05-16"),
        ]
        assert (len(done.doubtful), code_of(done)) == (3, 4)
        assert mails(site) == {"unknown"}
        reasons = {row.last_reply for row in old.outbox(states=["unknown"])}
        assert reasons == {
            "the store was put back from a copy of 2024-05-14 07:46 UTC;"
            " it may have been sent since"
        }
        for row in old.outbox(states=["unknown"])[:3]:  # of which none arrived, say
            assert old.requeue(row.id, now=site.now)
        site.run()
        assert mailed(site) == dict.fromkeys(RECIPIENTS, 4)
        write_article(site.folder, 3, "2024-05-17T06:00Z")
        (report,) = site.run(MORNING + timedelta(hours=72)).reports
        assert (report.outcome, report.messages) == ("built", 4)
        assert mailed(site) == dict.fromkeys(RECIPIENTS, 5)


def test_what_is_held_is_not_sent_again_because_a_broken_line_may_be(site: Site) -> None:
    path = write_config(site.folder, mail="on_unknown: resend")
    site.config = load_config(path)
    write_article(site.folder, 1, "2024-05-14T06:00Z")
    site.store.backup(site.folder / "old.sqlite3", now=MORNING)
    with open_store(site.folder / "old.sqlite3", now=MORNING) as old:
        site.store = old
        for minutes in (1, 2, 60):
            site.run(MORNING + timedelta(minutes=minutes))
        assert mails(site) == {"unknown"}
    assert not mailed(site)


def test_an_edition_that_the_store_has_forgotten_waits_for_a_decision(site: Site) -> None:
    write_article(site.folder, 1, "2024-05-14T06:00Z")
    site.run(MORNING)
    assert mailed(site) == dict.fromkeys(RECIPIENTS, 1)
    with open_store(site.folder / "new.sqlite3", now=MORNING) as new:
        site.store = new
        done = site.run(MORNING + timedelta(hours=5))
        (report,) = done.reports
        assert (report.outcome, code_of(done)) == ("held", 4)
        assert mails(site) == {"unknown"}
        assert mailed(site) == dict.fromkeys(RECIPIENTS, 1)
        assert code_of(site.run(MORNING + timedelta(hours=6))) == 0


def test_an_edition_whose_pdf_could_not_be_made_waits_for_a_decision(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RenderError("brief.pdf: took too long")

    path = site.folder / "config.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("[markdown, json]", "[markdown, pdf]").replace(
        "attach: []", "attach: [pdf]"
    )
    path.write_text(text, encoding="utf-8")
    site.config = load_config(path)
    monkeypatch.setattr(pdf_document, "finish", fail)
    write_article(site.folder, 1, "2024-05-14T06:00Z")
    (report,) = site.run(MORNING).reports
    assert (report.outcome, report.reason) == ("held", "held: brief.pdf could not be made")
    assert (mails(site), mailed(site)) == ({"unknown"}, {})
    for row in site.store.outbox(states=["unknown"]):
        site.store.requeue(row.id, now=site.now)
    site.run()
    assert mailed(site) == dict.fromkeys(RECIPIENTS, 1)


# -- a configuration that changes while messages wait --------------------------------------------


def reconfigure(site: Site, old: str, new: str) -> None:
    path = site.folder / "config.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    site.config = load_config(path)


def test_each_edition_carries_its_number(site: Site) -> None:
    for number, morning in enumerate((MORNING, MORNING + timedelta(days=1)), 1):
        write_article(site.folder, number, (morning - timedelta(hours=2)).isoformat())
        (report,) = site.run(morning).reports
        assert report.folder is not None
        made = json.loads((report.folder / "brief.json").read_text(encoding="utf-8"))
        assert made["number"] == report.number == number


def test_messages_whose_delivery_is_gone_are_named_and_then_given_up(site: Site) -> None:
    write_article(site.folder, 1, "2024-05-14T06:00Z")
    site.post.refuses_every = 1
    site.run(MORNING)
    site.post.refuses_every = 0
    reconfigure(site, "  harbour:", "  quay:")
    done = site.run(MORNING + timedelta(minutes=30))
    assert done.stranded == ()
    (report,) = done.reports  # a renamed brief is a new one, whose latest edition is sent
    assert (report.brief, report.number) == ("quay", 1)
    done = site.run(MORNING + timedelta(hours=2))
    assert len(done.stranded) == len(RECIPIENTS) + 1
    assert (code_of(done), done.receipts) == (4, ())
    done = site.run(MORNING + timedelta(hours=55))
    old = [each for each in done.receipts if each.brief == "harbour"]
    assert [each.kind for each in old] == ["failed"] * (len(RECIPIENTS) + 1)
    assert {each.reply for each in old} == {"waited for more than 54 hours; sent only when asked"}
    assert (done.stranded, code_of(done)) == ((), 4)
    assert mailed(site) == dict.fromkeys(RECIPIENTS, 2)  # quay's of two days, none of harbour


def test_who_is_taken_out_of_the_configuration_gets_nothing_that_waits(site: Site) -> None:
    write_article(site.folder, 1, "2024-05-14T06:00Z")
    site.post.refuses_every = 1
    site.run(MORNING)
    reconfigure(site, "[ana@example.org, bo@example.org]", "[Ana@example.org]")
    done = site.run(MORNING + timedelta(minutes=6))
    assert {each.recipient: each.kind for each in done.receipts if "@" in each.recipient} == {
        "ana@example.org": "sent",
        "bo@example.org": "dropped",
        "cy@example.org": "sent",
    }
    assert code_of(done) == 0
    (row,) = site.store.outbox(states=["dropped"])
    assert row.last_reply == "no longer among the recipients in the configuration"
    assert site.store.requeue(row.id, now=site.now)  # a person who says so is obeyed
    site.run()
    assert mailed(site) == dict.fromkeys(RECIPIENTS, 1)


# -- what is left out ----------------------------------------------------------------------------


def test_what_an_edition_left_out_is_counted_and_kept_with_its_reason(site: Site) -> None:
    reconfigure(site, "[{path: articles/*.txt}]", "[{path: articles/*.txt}, {path: gone.txt}]")
    write_article(site.folder, 1, "2024-05-13T06:00Z")
    write_article(site.folder, 2, "2024-05-14T09:00Z")
    site.run(MORNING)
    write_article(site.folder, 3, "2024-05-14T10:00Z")
    write_article(site.folder, 4, "2024-05-15T09:00Z")
    write_article(site.folder, 5, "2022-05-15T09:00Z")
    (report,) = site.run(MORNING + timedelta(days=1)).reports
    assert report.reason == (
        "of 5 articles 1 published after its cut-off, 1 published before its window,"
        " 1 used by an earlier edition"
    )
    row = site.store.last_edition("harbour")
    assert row is not None
    left = site.store.left_out_of(row.edition_id)
    assert left[0].subject == "gone.txt"
    assert [(each.subject, each.reason) for each in left[1:]] == [
        ("articles/round-0004.txt", "published after its cut-off"),
        ("articles/round-0005.txt", "published before its window"),
        ("articles/round-0001.txt", "used by an earlier edition"),
    ]


def test_while_another_process_has_an_edition_nobody_else_makes_it(site: Site) -> None:
    write_article(site.folder, 1, "2024-05-14T06:00Z")
    claim = site.store.claim_edition(
        "harbour", "2024-05-14", now=MORNING, owner="another", lease=LEASE
    )
    assert claim is not None
    assert site.run(MORNING).reports == ()
    (report,) = site.run(MORNING + LEASE).reports  # the other one is dead
    assert report.outcome == "built"
