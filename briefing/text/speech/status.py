"""A sentence in its article's own voice -> how sure that is: the status that its hedge tells."""

from __future__ import annotations

import re

from briefing.text.names.lexicon import Lexicon

_IS = frozenset("is are was were be been being".split())
#: "due" and "set" are hedges before "to" only.
_AIMS = frozenset({"due", "set", "said", "likely", "reported"})
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")


#: "a meeting at which arms are expected to dominate" says nothing of whether the meeting comes.
_RELATIVE = re.compile(r"(?<=\w),? (?:(?:at|in|on|of|for|to|from) )?(?:which|who|whose|where)\b")


def _main_clause(text: str) -> str:
    """A sentence up to its first relative clause."""
    relative = _RELATIVE.search(text)
    return text[: relative.start()] if relative else text


def status_of(text: str, lexicon: Lexicon) -> str:
    """The status that a sentence in the article's own voice has: "expected", "unconfirmed" …

    "reported" where it has no hedge; "is not expected" gives what the table says of a negation.
    """
    found = _WORD.findall(_main_clause(text).lower().replace("’", "'"))
    for number, word in enumerate(found):
        if word in lexicon.hedges:
            return lexicon.hedges[word]
        if word not in lexicon.negated_nouns and word not in lexicon.passives:
            continue
        nearby = found[max(0, number - 4) : number]
        if word in lexicon.negated_nouns and "no" in nearby[-2:]:
            return lexicon.negated_nouns[word]
        if word in lexicon.passives and not _IS.isdisjoint(nearby[-3:]):
            status = lexicon.passives[word]
            if lexicon.negations.isdisjoint(nearby):
                if word in _AIMS and found[number + 1 : number + 2] != ["to"]:
                    continue
                return status
            if status in lexicon.negated:
                return lexicon.negated[status]
    return "reported"
