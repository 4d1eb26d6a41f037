"""A sentence -> who went where, or met whom: the deed that it opens with, if it tells one.

Two reports of a journey share little more than the traveller and the place; the rest is what each
reporter adds. So the deed itself is what is compared.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from briefing.models import Sentence
from briefing.text.facts import names_in
from briefing.text.kindred import in_one_wording
from briefing.text.tables import load_topic
from briefing.text.words import stem

#: Words within which the name of who does it ends, and behind the verb those of where or with whom.
OPENING, REACH = 12, 7

_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did; names as folded words, a country as its code."""

    who: frozenset[str]
    what: str  #: the group of the verb in `wordings.toml`, such as "arrival"
    where: frozenset[str]  #: what is named right behind the verb: a place, or whom somebody met

    def is_same(self, other: Deed) -> bool:
        """Whether one of two names of the doer holds the other, and they meet in place and verb."""
        return (
            self.what == other.what
            and (self.who <= other.who or other.who <= self.who)
            and bool(self.where & other.where)
        )


@lru_cache(maxsize=16_384)
def deed_of(sentence: Sentence) -> Deed | None:
    """The deed that a sentence opens with, told as done: "Roe has arrived in Oslo".

    None for any other verb, for what is still to come, and in a language without a table; and
    where somebody is told to say another part of the sentence: who else reports the deed says
    nothing of that.
    """
    language = sentence.article.language
    verbs, helpers = _verbs(language)
    if not verbs:
        return None
    names = names_in(sentence)
    tokens = list(_WORD.finditer(sentence.text))
    for name in names:
        behind = [token for token in tokens if token.start() >= name.end]
        if len(tokens) - len(behind) > OPENING:
            return None
        if not behind or sentence.text[name.end : behind[0].start()].strip(" ,"):
            continue
        while len(behind) > 1 and (behind[0][0] in helpers or behind[0][0].endswith("ly")):
            behind.pop(0)
        word = behind[0][0].lower()
        (base, *_) = in_one_wording((word,), language)
        what = verbs.get(stem(base, language))
        if what is None or (base == word and not word.endswith("ed")):
            continue
        reach = behind[min(REACH, len(behind) - 1)].end()
        where = [n.words for n in names if behind[0].end() <= n.start < reach]
        if sentence.speaker and sentence.text[name.start : reach] not in sentence.speaker.text:
            return None
        return Deed(name.words, what, frozenset().union(*where)) if where else None
    return None


@lru_cache(maxsize=32)
def _verbs(language: str) -> tuple[Mapping[str, str], frozenset[str]]:
    """The group of each verb by its stem, and what may stand before a verb of what is done."""
    table = load_topic("deeds", language) or {}
    groups: Mapping[str, str] = table.get("verbs", {})
    verbs = {stem(word, language): group for group, row in groups.items() for word in row.split()}
    return verbs, frozenset(table.get("helpers", "").split())
