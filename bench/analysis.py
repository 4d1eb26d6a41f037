"""The whole analysis of an article against sumy's LexRank on the same article, in the same run.

Prints one line an article: milliseconds of each, the median of several rounds taken in turn, and
their ratio; then how the making of a brief grows with the number of articles.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median

from briefing.config import load_config
from briefing.models import Article, Split
from briefing.pipeline import make_brief
from briefing.rankers import RANKERS
from briefing.runner import read_sources
from briefing.text.names.article import name_article
from briefing.text.names.kinds import is_common
from briefing.text.people import name_people
from briefing.text.sentences import split
from briefing.text.speech import attribute
from briefing.text.speech.paragraphs import read_paragraphs
from briefing.text.words import stem, stems, words

ROOT = Path(__file__).parent.parent
ROUNDS = 7
COPIES = (1, 4, 16)
NOW = datetime(2024, 3, 7, 12, tzinfo=UTC)


def analyse(article: Article) -> Split:
    """Everything that is found out about one article by itself."""
    return name_people(attribute(split(article)))


def forget() -> None:
    """Empty what is remembered of words and names, as an article that was never seen finds it."""
    for remembered in (name_article, read_paragraphs, is_common, stem, stems, words):
        remembered.cache_clear()


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes with nothing remembered."""
    forget()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Measure every article of the shipped example."""
    spec = load_config(ROOT / "config.yaml").briefs[0]
    articles = read_sources(spec.sources, spec, root=ROOT).articles
    print(f"{'article':34}{'analysis ms':>12}{'lex-rank ms':>12}{'ratio':>8}")
    for article in articles:
        sentences = analyse(article).sentences  # also the warm-up
        RANKERS["lex-rank"](sentences)
        ours, theirs = [], []
        for _ in range(ROUNDS):
            ours.append(seconds(partial(analyse, article)))
            theirs.append(seconds(partial(RANKERS["lex-rank"], sentences)))
        name = Path(article.subject).name
        mine, sumys = median(ours) * 1000, median(theirs) * 1000
        print(f"{name:34}{mine:12.1f}{sumys:12.1f}{mine / sumys:8.2f}")
    print(f"\n{'articles':>8}{'brief s':>10}")
    for count in COPIES:
        pile = [altered(article, number) for article in articles for number in range(count)]
        print(f"{len(pile):8}{seconds(partial(make_brief, pile, spec, NOW)):10.2f}")


def altered(article: Article, number: int) -> Article:
    """The same article with words of its own, as another outlet would have it."""
    return Article(
        id=f"{article.id}-{number}",
        text=article.text.replace(" the ", f" the {number}th "),
        title=article.title,
        publisher=f"{article.publisher} {number}",
        published=article.published,
    )


if __name__ == "__main__":
    main()
