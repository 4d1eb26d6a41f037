"""Real objects made by hand for tests: articles, sentences, claims, whole briefs."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from hashlib import sha256

from briefing.models import (
    Article,
    Block,
    BlockKind,
    Brief,
    Claim,
    Disagreement,
    Event,
    Passage,
    Person,
    Problem,
    Reference,
    Section,
    Sentence,
    Side,
    Speaker,
    Split,
    Summary,
)

AS_OF = datetime(2024, 5, 14, 12, 0, tzinfo=UTC)


def make_article(
    text: str,
    *,
    title: str | None = None,
    publisher: str | None = None,
    authors: tuple[str, ...] = (),
    published: date | datetime | None = None,
    language: str = "en",
    url: str | None = None,
    path: str | None = None,
    wire: str | None = None,
) -> Article:
    """An article whose id is a hash over publisher and text."""
    return Article(
        id=sha256(f"{publisher}\n{text}".encode()).hexdigest()[:12],
        text=text,
        title=title,
        publisher=publisher,
        authors=authors,
        published=published,
        language=language,
        url=url,
        path=path,
        wire=wire,
    )


def make_split(article: Article) -> Split:
    """Paragraphs at blank lines, sentences at a stop and a space: enough for the texts below."""
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    for rank, paragraph in enumerate(re.finditer(r"[^\n]+(?:\n[^\n]+)*", article.text)):
        blocks.append(Block(BlockKind.PARAGRAPH, paragraph.start(), paragraph.end()))
        for found in re.finditer(r"\S.*?(?<!\d)[.!?][”\"]?(?=\s|$)|\S.*$", paragraph[0], re.DOTALL):
            start = paragraph.start() + found.start()
            end = paragraph.start() + found.end()
            sentences.append(Sentence(article, start, end, rank, len(sentences)))
    return Split(article, tuple(blocks), tuple(sentences))


def find_sentence(article: Article, words: str) -> Sentence:
    """The sentence of an article that holds `words`."""
    (found,) = (s for s in make_split(article).sentences if words in s.text)
    return found


def make_claim(
    claim_id: str,
    *support: Sentence,
    speaker: Speaker | None = None,
    status: str = "reported",
    independent: int | None = None,
    passage: Passage | None = None,
    why: tuple[str, ...] = (),
) -> Claim:
    """A claim that prints its first sentence, every source independent unless said otherwise."""
    first = support[0]
    return Claim(
        id=claim_id,
        passage=passage or Passage(first.article, first.start, first.end),
        support=support,
        speaker=speaker,
        status=status,
        independent=len({s.article.id for s in support}) if independent is None else independent,
        score=0.5,
        why=why,
    )


def number_references(*articles: Article) -> tuple[Reference, ...]:
    """References in the order given."""
    return tuple(Reference(n, article) for n, article in enumerate(articles, 1))


COURIER = make_article(
    "The two water ministers will meet on Thursday in the border town of Hallin, both capitals said"
    " on Monday. It is their first meeting since the spring floods, and neither side has published"
    " an agenda. Officials have closed the old customs house to visitors until Friday.\n\n"
    "Upland lets 310 cubic metres a second through the Tarn dam in summer, a third less than the"
    " treaty of 1961 foresees. Lowland says that its farmers lost a tenth of their wheat.\n\n"
    "“We are not going to Hallin to sign anything,” Upland’s water minister, Ilse Brandt, told"
    " reporters on Monday. She said that the reservoir had to be filled first.\n\n"
    "Orla Venn, who teaches river law at the University of Caldmoor, said that both sides need a"
    " number that they can defend at home more than they need the water.",
    title="Water ministers to meet in border town",
    publisher="Caldmoor Courier",
    authors=("P. Lindgren",),
    published=datetime(2024, 5, 13, 17, 40, tzinfo=UTC),
    url="https://courier.example/world/water-ministers",
    path="articles/courier.txt",
)
WIRE = make_article(
    "Upland and Lowland said on Monday that their water ministers would meet in Hallin on Thursday."
    " Two people briefed on the plans said that the presidents might join them on Friday.\n\n"
    "Upland’s delegation is led by Ilse Brandt, the water minister, and includes Tomas Reuel, who"
    " directs the Tarn dam. Lowland sends Mirela Sovic, its minister for agriculture and water.\n\n"
    "In summer the dam passes 310 cubic metres a second, one third below the treaty’s figure, the"
    " river commission’s register shows. A Lowland official said that the true figure was 280.\n\n"
    "“Nobody has offered us a single litre,” Lowland’s foreign ministry said in a statement on"
    " Tuesday. Upland denied that it had ever held water back.",
    title="Upland, Lowland ministers to talk about Tarn dam",
    publisher="Northern Wire",
    published=datetime(2024, 5, 14, 6, 5, tzinfo=UTC),
    path="articles/wire.txt",
)
POST = make_article(
    "Two people briefed on the plans said that the presidents might join them on Friday. The talks"
    " open at ten in the morning in the old customs house.\n\n"
    "Mirela Sovic arrived in Hallin on Monday evening with eleven engineers. She is to inspect the"
    " gauging station below the dam on Wednesday, her office said.\n\n"
    "“The gauges are the only witnesses that have no passport,” said Jonas Ferrer, a fellow at the"
    " Institute for Shared Rivers and a former commissioner. A defence official in Lowland, who"
    " asked not to be named, said that no troops had been moved.",
    title="What Lowland wants at the customs house",
    publisher="The Harbour Post",
    authors=("R. Castell", "M. Ito"),
    published=date(2024, 5, 14),
    url="https://post.example/2024/05/14/customs-house?part=1&print=no",
    path="articles/post.html",
    wire="Northern Wire",
)
RADIO = make_article(
    "Lowland’s minister reached Hallin late on Monday, residents said. The town’s only hotel is"
    " full until the weekend.\n\n"
    "The river commission has measured 310 cubic metres a second below the dam since June, a"
    " third under the treaty’s figure. Ilse Brandt, minister for water, will not take questions"
    " before the talks, her spokesman said.",
    title="Ministers gather at the river",
    publisher=None,
    path="articles/radio.txt",
)
ARTICLES = (COURIER, WIRE, POST, RADIO)


def make_plain_brief() -> Brief:
    """A brief of four articles with every section kind, one of them empty."""
    brandt = Speaker("Ilse Brandt", "Upland’s water minister", "We are not going to Hallin")
    ministry = Speaker("Lowland’s foreign ministry", None, "Nobody has offered us", kind="body")
    official = Speaker("a defence official in Lowland", None, "no troops", kind="unnamed")
    venn = Speaker("Orla Venn", "teaches river law at the University of Caldmoor", "both sides")
    ferrer = Speaker(
        "Jonas Ferrer", "a fellow at the Institute for Shared Rivers and a former commissioner", ""
    )
    arrival = make_claim(
        "c1", find_sentence(POST, "Mirela Sovic arrived"), find_sentence(RADIO, "reached Hallin")
    )
    inspection = make_claim("c2", find_sentence(POST, "gauging station"), status="expected")
    meeting = make_claim(
        "c3",
        find_sentence(COURIER, "The two water ministers"),
        find_sentence(WIRE, "Upland and Lowland said"),
        status="confirmed",
    )
    presidents = make_claim(
        "c4",
        find_sentence(WIRE, "Two people briefed"),
        find_sentence(POST, "Two people briefed"),
        status="expected",
        independent=1,
    )
    delegation = make_claim("c5", find_sentence(WIRE, "Upland’s delegation"))
    flow = make_claim(
        "c6",
        find_sentence(COURIER, "310 cubic metres"),
        find_sentence(WIRE, "310 cubic metres"),
        find_sentence(RADIO, "310 cubic metres"),
        independent=2,
    )
    other_flow = make_claim("c7", find_sentence(WIRE, "280"), status="said")
    wheat = make_claim("c8", find_sentence(COURIER, "wheat"), status="said")
    denial = make_claim("c9", find_sentence(WIRE, "denied"), status="denied")
    signing = make_claim("c10", find_sentence(COURIER, "sign anything"), speaker=brandt)
    litre = make_claim("c11", find_sentence(WIRE, "single litre"), speaker=ministry, status="said")
    troops = make_claim("c12", find_sentence(POST, "no troops"), speaker=official, status="said")
    number = make_claim("c13", find_sentence(COURIER, "Orla Venn"), speaker=venn, status="said")
    gauges = make_claim("c14", find_sentence(POST, "The gauges"), speaker=ferrer, status="said")
    hotel = make_claim("c15", find_sentence(RADIO, "hotel"))
    splits = {article.id: make_split(article) for article in ARTICLES}
    return Brief(
        name="tarn",
        title="Tarn dam talks",
        subtitle="Arrival, delegations and stakes of the ministers’ meeting in Hallin",
        issuer="Rivers Desk",
        marking="TLP:CLEAR",
        distribution="Minister’s office; embassies Upland City and Lowland",
        as_of=AS_OF,
        articles=ARTICLES,
        splits=splits,
        summaries=tuple(Summary(a, splits[a.id].sentences[:3:2]) for a in ARTICLES),
        references=number_references(COURIER, WIRE, POST, RADIO),
        bottom_line=("c3", "c6", "c4", "c9"),
        sections=(
            Section(
                "Itinerary",
                "timeline",
                "Who travels where, when, and where they meet.",
                claims=(arrival, inspection, meeting, presidents),
                events=(
                    Event("c1", "on Monday evening", date(2024, 5, 13), None, "day"),
                    Event("c2", "on Wednesday", date(2024, 5, 15), None, "day", state="planned"),
                    Event("c3", "on Thursday", date(2024, 5, 16), None, "day", state="planned"),
                    Event("c4", "on Friday", date(2024, 5, 17), None, "day", state="planned"),
                ),
            ),
            Section(
                "Delegations",
                "people",
                "Who travels, and in what office.",
                claims=(delegation,),
                people=(
                    Person("Ilse Brandt", (), "water minister", ("c5", "c10"), (WIRE, COURIER)),
                    Person(
                        "Mirela Sovic",
                        ("M. Sovic",),
                        "minister for agriculture and water",
                        ("c1",),
                        (WIRE, POST),
                    ),
                    Person("Tomas Reuel", (), None, ("c5",), (WIRE,)),
                ),
            ),
            Section(
                "Water shares",
                "topic",
                "How much water passes, and what the treaty says.",
                claims=(flow, other_flow, wheat, denial),
                more=(hotel,),
            ),
            Section(
                "Upland and Lowland",
                "statements",
                "What the two governments said.",
                claims=(signing, litre, troops),
            ),
            Section(
                "Analyst views",
                "experts",
                "What scholars outside government make of it.",
                claims=(number, gauges),
            ),
            Section(
                "Rail link",
                "topic",
                "The line through Hallin.",
                gap="The sources hold nothing for this section. Looked for: rail, line, station.",
            ),
        ),
        disagreements=(
            Disagreement(
                "figure · cubic metres · second",
                "figure",
                (Side(("c6",), "310 cubic metres a second"), Side(("c7",), "280")),
            ),
        ),
        problems=(Problem("articles/gazette.html", "asks for a subscription"),),
        source_summary="Four articles from three named publishers, 13–14 May 2024; one states"
        " neither publisher nor date. Three are independent of one another. Of 14 printed"
        " statements, 4 have two or more independent sources and 10 have one.",
    )


#: Text that means something to Markdown, HTML or Jinja, each a whole sentence.
ACTIVE_TEXT = (
    "# Not a heading, `not code`, *not bold*, _not italic_ and [not a link](https://x.example).",
    "1. Not a list, nor | a | table, nor <b>bold</b> &amp; entities, nor a footnote[^1].",
    "</script><script>alert(1)</script></style> stays text.",
    "{{ 7*7 }} and {% raw %} and {# this #} stay as they are.",
    "The 🌊 rose 3 m, snowman ☃ said \\o/ and ~struck~ $5 to $6 ![img](x.png).",
    "- Neither a bullet nor ==marked== nor %%hidden%% nor ^raised^ nor @cited.",
)


def make_awkward_brief() -> Brief:
    """Forty sources, active text, a right-to-left title of 90 characters, gaps and unknowns."""
    active = make_article(
        "\n\n".join(ACTIVE_TEXT),
        title="<i>Title</i> with {{ braces }} | pipes and `ticks`",
        publisher="Pub & <Co>",
        authors=("A*B_C",),
        published=date(2024, 5, 1),
        url="javascript:alert(1)",
        wire="Wire|Service",
    )
    arabic = make_article(
        "اجتمع الوزيران في المدينة يوم الخميس. لم يصدر بيان.",
        title="الوزيران يجتمعان في المدينة",
        publisher="صحيفة النهر",
        language="ar",
        url="https://nahr.example/أخبار",
    )
    others = tuple(
        make_article(
            f"Station {n} measured {100 + n} litres. The ministers met in the old customs house.",
            title=f"Report of gauging station {n}" if n % 3 else None,
            publisher=f"Gauge Monitor {n}" if n % 4 else None,
            published=datetime(2023, 12, 31, 23, n, tzinfo=UTC) if n % 5 else None,
            url=f"https://gauge.example/{n}" if n % 2 else None,
        )
        for n in range(1, 39)
    )
    long_text = "The river " + "rose and fell and " * 90 + "came to rest."
    long = make_article(long_text, publisher="Long River Letter", published=date(2022, 2, 2))
    articles = (active, arabic, *others, long)
    sentences = make_split(active).sentences
    first_arabic = find_sentence(arabic, "الوزيران")
    met = [find_sentence(article, "customs house") for article in others]
    speaker = Speaker("<b>Eve</b> | `E.`", "a *very* long office " * 8, "stays text")
    splits = {article.id: make_split(article) for article in articles if article is not others[0]}
    return Brief(
        name="awkward",
        title="الوزيران يجتمعان: a title of ninety characters, as long as a title here may be",
        subtitle="{{ 7*7 }} & <b>deck</b>",
        issuer="Desk <&> `Rivers`",
        marking="TLP:AMBER+STRICT",
        distribution="A long list; " * 6,
        as_of=AS_OF,
        articles=articles,
        splits=splits,
        summaries=tuple(Summary(a, splits[a.id].sentences[:1]) for a in articles if a.id in splits),
        show_summaries=True,
        references=number_references(*articles),
        bottom_line=(),
        sections=(
            Section(
                "# Active | `text`",
                "topic",
                "*Description* with <b>markup</b>.",
                claims=tuple(make_claim(f"a{n}", s) for n, s in enumerate(sentences, 1)),
            ),
            Section(
                "Statements",
                "statements",
                claims=(
                    make_claim("c1", first_arabic, speaker=speaker, status="denied"),
                    make_claim("c2", *met, status="unclear", independent=3),
                ),
                more=tuple(
                    make_claim(f"m{n}", find_sentence(a, "Station")) for n, a in enumerate(others)
                ),
            ),
            Section(
                "Dates",
                "timeline",
                claims=(make_claim("c3", find_sentence(long, "The river")),),
                events=(
                    Event("c3", "when it rained", None, None, "unknown"),
                    Event("c2", "over new year", date(2023, 12, 31), date(2024, 1, 1), "range"),
                ),
            ),
            Section("People", "people", people=(Person("O’Neil | *Pat*", ("P.",), None, ("c1",)),)),
            Section("Nothing", "experts", gap="The sources hold nothing for this section."),
        ),
        unplaced=(make_claim("u1", make_split(arabic).sentences[1]),),
        problems=tuple(Problem(f"articles/bad-{n}.html", "empty <file>") for n in range(5)),
    )


def make_small_brief() -> Brief:
    """One source, one claim, nothing else."""
    claim = make_claim("c1", find_sentence(RADIO, "hotel"))
    return Brief(
        name="small",
        title="One source",
        as_of=AS_OF,
        articles=(RADIO,),
        splits={RADIO.id: make_split(RADIO)},
        references=number_references(RADIO),
        sections=(Section("Hotels", "topic", claims=(claim,)),),
    )
