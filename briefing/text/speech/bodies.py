"""The bodies of an article -> which of them a noun alone means: "the union", "the utility"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from briefing.text.names import Name
from briefing.text.names.lexicon import Lexicon
from briefing.text.speech.phrases import Phrases

#: Tokens of an appositive up to its head: "a small family company".
_APPOSITIVE = 4
#: What an article calls each of its bodies in turn.
_ANY = frozenset({"group", "organization", "organisation"})
#: What many bodies of an article may be; alone they mean the one that it names most often.
_FIRMS = frozenset({"company", "firm", "business"})


def bodies_by_noun(
    names: Sequence[Name], paragraphs: Sequence[Phrases], lexicon: Lexicon
) -> dict[str, str]:
    """The body that each noun means, where the article has no other that it could mean."""
    own: dict[str, set[str]] = {}
    for head, name in _named(names, lexicon):
        own.setdefault(head, set()).add(name)
    counts = Counter(name.text for name in names if name.kind in {"body", "other"})
    for head, name in _told(paragraphs, lexicon):
        if head not in _FIRMS or counts[name] == max(counts.values()):
            own.setdefault(head, set()).add(name)
    inner: dict[str, set[str]] = {}
    for head, name in _named_inside(names, lexicon):
        if head not in own:
            inner.setdefault(head, set()).add(name)
    return {head: min(bodies) for head, bodies in (own | inner).items() if len(bodies) == 1}


def _named(names: Sequence[Name], lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """The noun that ends a body's name, and the name: "union"."""
    for name in names:
        head = name.text.rsplit(" ", 1)[-1].lower()
        if name.kind == "body" and " " in name.text and head in lexicon.bodies:
            yield head, name.text


def _named_inside(names: Sequence[Name], lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """The noun before "of": "bank" of "Meridian Bank of Orle"."""
    for name in names:
        before, of, _ = name.text.partition(" of ")
        head = before.rsplit(" ", 1)[-1].lower()
        if of and name.kind == "body" and head in lexicon.bodies:
            yield head, name.text


def _told(paragraphs: Sequence[Phrases], lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """What a name is told to be: "utility" of "Aldermoor Water, a utility", "charity" before it."""
    heads = lexicon.bodies - _ANY
    ends = lexicon.prepositions | {",", ".", "that", "which"}
    for phrases in paragraphs:
        for first, (last, name) in phrases.names():
            if name.kind in {"person", "place"}:
                continue
            if (head := phrases.lower(first - 1)) in heads:
                yield head, name.text
            if phrases.lower(last + 1) != "," or phrases.lower(last + 2) not in {"a", "an", "the"}:
                continue
            for position in range(last + 3, last + 3 + _APPOSITIVE):
                if phrases.lower(position + 1) in ends:
                    if (head := phrases.lower(position)) in heads:
                        yield head, name.text
                    break
