"""Brief -> which passages its pages cite, and the links that lead to them and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from briefing.errors import CitationError
from briefing.models import Article, Brief, Claim
from briefing.renderers.fields import LinkView

MOST_NUMBERS = 5  #: more are counted: four numbers and "+6"


@dataclass(frozen=True, slots=True)
class Cited:
    """A stretch of an article that some place of the brief rests on."""

    article: Article
    start: int
    end: int
    places: list[LinkView] = field(default_factory=list)


class Citations:
    """Numbers of articles and evidence entries of passages, in order of first use."""

    def __init__(self, brief: Brief) -> None:
        self._numbers = {r.article.id: r.number for r in brief.references}
        self._shows_evidence = brief.show_evidence
        self._claims = {claim.id: claim for claim in every_claim(brief)}
        self._cited: dict[tuple[str, int, int], Cited] = {}
        self.homes: dict[str, LinkView] = {}  #: claim id -> where its section prints it
        for rank, claim_id in enumerate(brief.bottom_line, 1):
            self._cite(self.claim(claim_id), link("Bottom line", f"b{rank}"))
        hidden = brief.cut.differences if brief.cut else ()
        for rank, disagreement in enumerate(brief.disagreements, 1):
            if rank in hidden:
                continue
            place = link("Points on which sources differ", f"d{rank}")
            for side in disagreement.sides:
                for claim_id in side.claims:
                    self._cite(self.claim(claim_id), place)
        for rank, section in enumerate(brief.sections, 1):
            for claim in section.claims:
                self.homes[claim.id] = link(f"{rank} {section.title}", claim.id)
                self._cite(claim, self.homes[claim.id])

        for rank, claim_id in enumerate(quoted_claims(brief), 1):
            self._cite(self.claim(claim_id), link("Who said what", f"q{rank}"))

    @property
    def entries(self) -> list[Cited]:
        """The evidence entries, in order of first use; entry n has the id `e<n>`."""
        return list(self._cited.values())

    def claim(self, claim_id: str) -> Claim:
        """The claim of that id; a CitationError when the brief holds none."""
        if claim_id not in self._claims:
            raise CitationError(f"claim {claim_id}: pointed at, but not in the brief")
        return self._claims[claim_id]

    def number(self, article: Article) -> int:
        """The article's number; a CitationError when it has none."""
        if article.id not in self._numbers:
            raise CitationError(f"{article.subject}: cited, but not among the references")
        return self._numbers[article.id]

    def numbers(self, articles: Iterable[Article]) -> list[int]:
        """The articles' numbers, ascending, each once."""
        return sorted({self.number(article) for article in articles})

    def knows(self, article: Article) -> bool:
        """Whether the article has a number."""
        return article.id in self._numbers

    def entry(self, claim: Claim) -> str:
        """Id of the evidence entry of a claim's printed passage, or of its source."""
        return self._target(claim.passage.article, [claim])

    def links(self, articles: Iterable[Article], claims: Iterable[Claim]) -> list[LinkView]:
        """Links to `articles`: each to the first passage of `claims` in it, else to its source.

        Without the annex of evidence every link leads to a source.
        """
        backing = list(claims)
        by_number = {self.number(a): self._target(a, backing) for a in articles}
        links = [link(str(n), by_number[n], f"source {n}") for n in sorted(by_number)]
        if len(links) <= MOST_NUMBERS:
            return links
        rest = links[MOST_NUMBERS - 1 :]
        more = link(f"+{len(rest)}", rest[0]["target"], f"{len(rest)} more sources")
        return [*links[: MOST_NUMBERS - 1], more]

    def _cite(self, claim: Claim, place: LinkView) -> None:
        for article, start, end in stretches(claim):
            self.number(article)
            entry = self._cited.setdefault((article.id, start, end), Cited(article, start, end))
            if place not in entry.places:
                entry.places.append(place)

    def _target(self, article: Article, claims: list[Claim]) -> str:
        order = {key: rank for rank, key in enumerate(self._cited, 1)}
        for claim in claims if self._shows_evidence else ():
            for stretch_article, start, end in stretches(claim):
                rank = order.get((stretch_article.id, start, end))
                if stretch_article.id == article.id and rank is not None:
                    return f"e{rank}"
        return source_id(self.number(article))


def link(label: str, target: str, name: str = "") -> LinkView:
    """A link of the view; a screen reader calls it by its label unless `name` says better."""
    return {"label": label, "target": target, "name": name or label}


def source_id(number: int) -> str:
    """Anchor of a source entry."""
    return f"source-{number}"


def stretches(claim: Claim) -> Iterator[tuple[Article, int, int]]:
    """The printed passage, then every supporting sentence that stands outside it."""
    passage = claim.passage
    yield passage.article, passage.start, passage.end
    for sentence in claim.support:
        is_inside = (
            sentence.article.id == passage.article.id
            and passage.start <= sentence.start
            and sentence.end <= passage.end
        )
        if not is_inside:
            yield sentence.article, sentence.start, sentence.end


def quoted_claims(brief: Brief) -> list[str]:
    """Ids of the claims whose quotations are listed, in printed order; row n has the id `q<n>`."""
    if not brief.show_quotations or brief.profile == "principal":
        return []
    return list(dict.fromkeys(quote.claim for quote in brief.quotes))


def every_claim(brief: Brief) -> Iterator[Claim]:
    """All claims of a brief, printed or not."""
    for section in brief.sections:
        yield from section.claims
        yield from section.more
    yield from brief.unplaced
