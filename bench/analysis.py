"""The whole analysis of an article against sumy's LexRank on the same article, in the same run.

`python -m bench.analysis [CONFIG | FOLDER …]` measures the articles that configurations name or
folders hold; without arguments, those of both shipped examples. One line an article: the median
milliseconds of processor time of several rounds taken in turn, and the ratios.

- *analysis*: all that is found out about one article by itself, from its text: blocks, sentences,
  names, who says what, people and offices, times with their days, the facts of every sentence
  (figures, days, names, polarity, quotations), the passage that can be read alone, and the scores
  of the default ranker.
- *lex-rank*: sumy's LexRank at its quickest, as the ranker `lex-rank` runs it. It is given the
  sentences that the analysis has split, this package's words, and a stemmer that remembers; it
  reads nothing else of the article.
- *sumy*: sumy's LexRank as sumy's manual runs it, from the text: its own plain-text parser, word
  filter, stemmer and stop words, with NLTK's word tokenizer and Punkt. Punkt's list of
  abbreviations is a download and is left out, which costs sumy no time.

Nothing is remembered of words, names or sentences when a round begins; tables, models and
compiled patterns, loaded once by a run, are not counted on any side.
The last lines tell how the making of a whole brief grows with the number of articles.
"""

from __future__ import annotations

import inspect
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from sumy.nlp.stemmers import Stemmer
from sumy.nlp.tokenizers import Tokenizer, nltk
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.utils import get_stop_words

from briefing.config import SourceSpec, load_config
from briefing.models import Article, Split
from briefing.pipeline import make_brief
from briefing.rankers import RANKERS
from briefing.runner import read_sources
from briefing.text.context import passage_of
from briefing.text.facts import facts
from briefing.text.people import name_people
from briefing.text.sentences import split
from briefing.text.speech import attribute
from briefing.text.times import find_times

ROOT = Path(__file__).parent.parent
EXAMPLES = (ROOT / "config.yaml", ROOT / "examples/flood/config.yaml")
ROUNDS = 9
COPIES = (1, 8, 40)
NOW = datetime(2024, 3, 7, 12, tzinfo=UTC)
#: What is remembered by these arguments alone was loaded, not read in an article.
LOADED_BY = frozenset({"name", "language"})


def analyse(article: Article) -> Split:
    """Everything that is found out about one article by itself."""
    found = name_people(attribute(split(article)))
    find_times(article.text, published=article.published, language=article.language)
    for sentence in found.sentences:
        facts(sentence)
        passage_of(sentence, found)
    RANKERS["salience"](found.sentences)
    return found


class SumyAlone:
    """sumy as its manual runs it; its English tokenizer but for the list of abbreviations."""

    def __init__(self) -> None:
        self._stemmer = Stemmer("english")
        self._stop_words = get_stop_words("english")
        self._sentences = nltk.tokenize.PunktSentenceTokenizer()
        self._words = nltk.tokenize.NLTKWordTokenizer()

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        """The sentences of a paragraph."""
        return tuple(map(str.strip, self._sentences.tokenize(paragraph)))

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """The words of a sentence that hold nothing but letters."""
        return tuple(filter(Tokenizer._is_word, self._words.tokenize(sentence)))

    def lex_rank(self, text: str) -> Any:
        """The five sentences that LexRank finds best, from the text alone."""
        summarizer = LexRankSummarizer(self._stemmer)
        summarizer.stop_words = self._stop_words
        return summarizer(PlaintextParser.from_string(text, self).document, 5)


def remembering() -> list[Any]:
    """Every function of the package that remembers what it found in articles."""
    modules = [m for name, m in sys.modules.items() if name.startswith("briefing.")]
    functions = {id(f): f for m in modules for f in vars(m).values() if hasattr(f, "cache_clear")}
    return [
        function
        for function in functions.values()
        if not LOADED_BY.issuperset(inspect.signature(function).parameters)
    ]


def seconds(work: Callable[[], object], remembered: list[Any]) -> float:
    """Processor time of one call with nothing remembered."""
    for function in remembered:
        function.cache_clear()
    start = time.process_time()
    work()
    return time.process_time() - start


def articles_of(given: Path) -> tuple[Article, ...]:
    """The articles of a configuration or a folder."""
    if given.is_dir():
        spec = load_config(EXAMPLES[0]).briefs[0]
        sources: tuple[SourceSpec, ...] = (SourceSpec(path=str(given.resolve() / "*")),)
    else:
        spec = load_config(given).briefs[0]
        sources = spec.sources
    return read_sources(sources, spec, root=given.parent).articles


def measure(articles: list[Article]) -> None:
    """Print a line for each article, and one for all."""
    sumy = SumyAlone()
    print(f"{'':34}{'milliseconds':>30}{'analysis to':>18}")
    print(f"{'article':34}{'analysis':>10}{'lex-rank':>10}{'sumy':>10}{'lex-rank':>10}{'sumy':>8}")
    total = [0.0, 0.0, 0.0]
    for article in articles:
        sentences = analyse(article).sentences
        works: list[Callable[[], object]] = [
            partial(analyse, article),
            partial(RANKERS["lex-rank"], sentences),
            partial(sumy.lex_rank, article.text),
        ]
        for work in works:  # the first call loads tables and models
            work()
        remembered = remembering()
        rounds = [[seconds(work, remembered) for work in works] for _ in range(ROUNDS)]
        medians = [1000 * median(column) for column in zip(*rounds, strict=True)]
        print_line(Path(article.subject).name, medians)
        total = [sum(pair) for pair in zip(total, medians, strict=True)]
    print_line("all", total)


def print_line(name: str, milliseconds: list[float]) -> None:
    """Print what one article took, and the ratios."""
    analysis, lex_rank, sumy = milliseconds
    print(
        f"{name[:33]:34}{analysis:10.1f}{lex_rank:10.1f}{sumy:10.1f}"
        f"{analysis / lex_rank:10.2f}{analysis / sumy:8.2f}"
    )


def grow(given: Path) -> None:
    """Print how long the making of a brief takes, the more articles it has."""
    spec = load_config(given).briefs[0]
    articles = articles_of(given)
    print(f"\n{'articles':>8}{'brief s':>10}{'ms each':>10}")
    for count in COPIES:
        pile = [altered(article, number) for article in articles for number in range(count)]
        taken = seconds(partial(make_brief, pile, spec, NOW), remembering())
        print(f"{len(pile):8}{taken:10.2f}{1000 * taken / len(pile):10.1f}")


def altered(article: Article, number: int) -> Article:
    """The same article with words of its own, as another outlet would have it."""
    return Article(
        id=f"{article.id}-{number}",
        text=article.text.replace(" the ", f" the {number}th "),
        title=article.title,
        publisher=f"{article.publisher} {number}",
        published=article.published,
    )


def main() -> None:
    """Measure what the command line names, then how a brief grows."""
    given = [Path(argument) for argument in sys.argv[1:]] or list(EXAMPLES)
    measure([article for each in given for article in articles_of(each)])
    grow(EXAMPLES[0])


if __name__ == "__main__":
    main()
