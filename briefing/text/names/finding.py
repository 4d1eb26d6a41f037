"""A text -> the names in it, with offsets and kind: person, body, place or other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.text.names.kinds import NameKind, Span, is_common
from briefing.text.names.lexicon import Lexicon, load_lexicon
from briefing.text.names.places import load_places
from briefing.text.names.places import phrase_key as key
from briefing.text.names.small import SmallNames
from briefing.text.names.tokens import Token, tokens

#: Marks behind which a capital tells nothing.
_OPENS = frozenset('.!?:\n…•|“"‘«„')
#: What makes an adjective of a place or country: "Bergen-based".
_ATTACHED = tuple("-based -born -led -owned -backed -run -listed -made -speaking".split())


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands in a text, without title or possessive ending."""

    start: int
    end: int
    text: str
    kind: NameKind


def find_names(text: str, language: str = "en") -> tuple[Name, ...]:
    """The names in a text, in order; days, months, titles alone and languages are none.

    Whether the word that opens a sentence is a name is told from the rest of the text, so a whole
    article gives better results than its sentences one by one.
    """
    return names_of(tokens(text), text, language)


def names_of(sequence: Sequence[Token], text: str, language: str) -> tuple[Name, ...]:
    """`find_names` for tokens that were made already."""
    lexicon = load_lexicon(language) or load_lexicon("en")
    assert lexicon is not None, "the English tables are part of the package"
    finder = _Finder(sequence, lexicon)
    spans = finder.spans()
    persons = finder.surnames(spans)
    return tuple(
        Name(
            sequence[first].start,
            sequence[last].end,
            text[sequence[first].start : sequence[last].end],
            finder.kind(first, last, persons),
        )
        for first, last in spans
    )


class _Finder(SmallNames):
    """Capitalised runs of one token sequence, cut into names."""

    def __init__(self, sequence: Sequence[Token], lexicon: Lexicon) -> None:
        super().__init__(sequence, lexicon)
        self._lower: set[str] = set()  #: words found in lower case
        self._capital: Counter[str] = Counter()  #: words by how often only a name explains them
        self._surnames: set[str] = set()
        self._read()
        self.read_month_names()

    def _read(self) -> None:
        """Note of every word how it is written, and where."""
        given_names = self._lexicon.given_names
        opens = True
        before = ""  # a first name, right before
        for position, (_, _, text, lower, is_capital) in enumerate(self._tokens):
            if opens:
                self._starts.add(position)
            if is_capital:
                if not opens:
                    self._capital[lower] += 1
                if before:
                    self._surnames.add(lower)
                before = lower if lower in given_names else ""
                opens = False
                continue
            before = ""
            if text in _OPENS:
                opens = True
            elif text[0].isalnum():
                opens = False
                if text.islower():
                    self._lower.add(text)

    def spans(self) -> list[Span]:
        """First and last token of every name, in order."""
        found: list[Span] = []
        behind = 0
        for position, (_, _, text, lower, _) in enumerate(self._tokens):
            if text == lower or position < behind or not self._may_begin(position):
                continue
            last = self._run_end(position)
            cut = self._cut(position, last)
            if cut and cut[0][0] == position and self._is_led_by_particle(position):
                cut[0] = (position - 1, cut[0][1])
            found.extend(cut)
            behind = last + 1
        return found

    def _is_led_by_particle(self, position: int) -> bool:
        """Whether a name begins with a small word: "dos Santos", "van der Berg"."""
        before = self._tokens[position - 1] if position else None
        return (
            before is not None
            and before.lower in self._lexicon.leading_particles
            and before.text.islower()
            and self._tokens[position].start == before.end + 1
        )

    def _may_begin(self, position: int) -> bool:
        token = self._tokens[position]
        text = token.text
        if not token.is_capital:
            # "al-Assad", "iPhone", "d'Ivoire"
            return (
                text[0].isalpha() and any(c.isupper() for c in text[1:]) and not text[0].isdigit()
            )
        if token.lower in self._never:
            is_country = text.isupper() and len(text) > 1 and key(text) in load_places().owners
            return is_country or self._is_given_name(position)
        if self._is_shouted(position):
            return False
        return not (position in self._starts and self._is_plain_opener(position))

    def _is_shouted(self, position: int) -> bool:
        """Whether a paragraph's first words are in capitals for show: "A MAN has …"."""
        token = self._tokens[position]
        if not token.text.isupper() or len(token.text) < 3 or self._capital[token.lower] > 1:
            return False
        first = position - 1 if self._lower_at(position - 1) in {"a", "an", "the"} else position
        if first and self._tokens[first - 1].text != "\n":
            return False
        follower = self._tokens[position + 1] if position + 1 < len(self._tokens) else None
        return (
            follower is not None
            and follower.text.islower()
            and is_common(token.lower)
            and key(token.text) not in load_places().owners
        )

    def _is_plain_opener(self, position: int) -> bool:
        """Whether the capital of a word comes only from its opening a sentence."""
        token = self._tokens[position]
        lower = token.lower
        if token.text.isupper() and len(token.text) > 1:
            return False
        if key(token.text) in load_places().owners or lower in self._lexicon.given_names:
            return False
        if self._capital[lower] and lower not in self._lower:
            return False
        follower = self._tokens[position + 1] if position + 1 < len(self._tokens) else None
        goes_on = (
            follower is not None
            and follower.is_capital
            and follower.lower not in self._never
            and self._tokens[position].end + 1 == follower.start
        )
        if goes_on:
            if self._is_known(position):
                return False
            is_plain = lower in self._lower or self._is_modifier(lower)
            return is_plain or self._is_occupation(position)
        return lower in self._lower or is_common(lower) or self._is_modifier(lower)

    def _is_known(self, first: int) -> bool:
        """Whether two to four words are a name or title that the tables know: "Downing Street"."""
        places = load_places()
        lower = " ".join(token.lower for token in self._tokens[first : first + 2])
        if lower in self._lexicon.titles:
            return True
        text = self._tokens[first].text
        for token in self._tokens[first + 1 : first + 4]:
            text = f"{text} {token.text}"
            if key(text) in places.bodies or key(text) in places.places:
                return True
        return False

    def _is_occupation(self, position: int) -> bool:
        """Whether a sentence opens with what a person is: "Worker Jane Roe said"."""
        lexicon = self._lexicon
        lower = self._tokens[position].lower
        given, surname = self._lower_at(position + 1), position + 2
        if not self._is_name_word(surname) or self._tokens[surname].lower in lexicon.body_heads:
            return False
        if lower in lexicon.place_heads or lower in lexicon.body_heads:
            return False
        if lower not in lexicon.offices:
            return given in lexicon.given_names and is_common(lower)
        return given in lexicon.given_names or not (
            self._is_name_word(position + 3) or is_common(given)
        )

    def _is_modifier(self, lower: str) -> bool:
        lexicon = self._lexicon
        return (
            lower in lexicon.modifiers
            or lower in lexicon.people
            or lower in lexicon.verbs
            or lower.endswith("ly")
            or (lower.endswith("ing") and is_common(lower))
        )

    def _run_end(self, first: int) -> int:
        """The last token of the capitalised run that begins at `first`."""
        sequence = self._tokens
        last = position = first
        count = len(sequence)
        while position + 1 < count:
            token = sequence[position + 1]
            previous = sequence[position]
            gap = token.start - previous.end
            if gap > 1 or token.text == "\n":
                break
            if token.is_capital and (
                token.lower not in self._never or self._is_surname(position + 1)
            ):
                position = last = position + 1
                continue
            if token.is_capital and token.text.isupper() and len(token.text) > 1 and gap:
                position = last = position + 1
                continue
            size = self._link_length(position + 1)
            if not size:
                break
            position = last = position + 1 + size
        return last

    def _joins_body(self, position: int) -> bool:
        """Whether "and" stands inside one body's name: "the Food and Farming Authority"."""
        lexicon = self._lexicon
        before = self._tokens[position - 1]
        if (
            before.lower in lexicon.body_heads
            or before.lower in lexicon.people
            or before.lower in lexicon.given_names
            or key(before.text) in load_places().owners
            or not (self._is_name_word(position + 1) and is_common(before.lower))
            or not is_common(self._lower_at(position + 1))
        ):
            return False
        last = position + 1
        while self._is_name_word(last + 1) or self._lower_at(last + 1) in {"'", "’"}:
            last += 1
        return last > position + 1 and self._lower_at(last) in lexicon.body_heads

    def _is_plural_owner(self, position: int) -> bool:
        """Whether an apostrophe stands inside one body's name: "the Teachers' Union"."""
        lower = self._lower_at(position - 1)
        return (
            lower.endswith("s")
            and lower not in self._surnames
            and is_common(lower)
            and self._lower_at(position + 1) in self._lexicon.body_heads
            and self._is_name_word(position + 1)
        )

    def _link_length(self, position: int) -> int:
        """How many small words join the capitalised words on both sides into one name, or 0."""
        sequence = self._tokens
        lexicon = self._lexicon
        token, before = sequence[position], sequence[position - 1]
        lower = token.lower
        if lower in {"of", "for"}:
            heads = lexicon.of_heads if lower == "of" else lexicon.for_heads
            size = 2 if self._lower_at(position + 1) == "the" else 1
            return size if before.lower in heads and self._is_name_word(position + size) else 0
        if lower == "'s":
            is_body = self._lower_at(position + 1) in lexicon.body_heads
            is_link = is_body and before.lower in lexicon.possessive_heads
            return int(is_link and self._is_name_word(position + 1))
        if lower in {"'", "’"} and self._is_plural_owner(position):
            return 1
        if lower == "and" and token.text == lower and self._joins_body(position):
            return 1
        if token.text.islower() and before.is_capital:
            size = 0
            while self._lower_at(position + size) in lexicon.particles and size < 3:
                size += 1
            return size if size and self._is_name_word(position + size) else 0
        if not self._is_name_word(position + 1):
            return 0
        after = sequence[position + 1]
        is_joint = token.text in "-’'" and token.start == before.end and after.start == token.end
        return int(token.text == "&" or is_joint)

    def _cut(self, first: int, last: int) -> list[Span]:
        """A run without titles, cut where a country or demonym stands before a title."""
        spans: list[Span] = []
        start = first
        position = first
        while position <= last:
            size = self._title_length(position, last)
            if size:
                if start < position:
                    spans.append((start, position - 1))
                start = position = position + size
                continue
            position += 1
        if start <= last:
            spans.append((start, last))
        kept = []
        for begin, end in spans:
            begin, end = self._trimmed(begin, end)
            if begin <= end:
                kept.extend(self._apart(begin, end))
        return kept

    def _title_length(self, position: int, last: int) -> int:
        """Tokens of the title at `position`, when it is one and no part of a longer name."""
        sequence = self._tokens
        for size in (3, 2, 1):
            if position + size - 1 > last:
                continue
            text = " ".join(token.lower for token in sequence[position : position + size])
            if text not in self._lexicon.titles:
                continue
            if position + size - 1 == last:
                # "the President" alone is no name; "Martin Baron" and, after it, "Baron" are.
                return 0 if size == 1 and sequence[last].lower in self._surnames else size
            following = sequence[position + size]
            if following.is_capital and not self._is_title_object(following.lower):
                return size
        return 0

    def _is_title_object(self, lower: str) -> bool:
        return lower in self._lexicon.body_heads and lower not in self._lexicon.given_names

    def _trimmed(self, first: int, last: int) -> Span:
        """Without words at the ends that belong to no name."""
        sequence = self._tokens
        while first <= last and (
            sequence[first].text.endswith(_ATTACHED)
            or (
                sequence[first].lower in self._never
                and not self._is_given_name(first)
                and not (sequence[first].text.isupper() and len(sequence[first].text) > 1)
            )
            or not sequence[first].text[0].isalnum()
        ):
            first += 1
        while last >= first and (
            not sequence[last].text[0].isalnum()
            or (
                sequence[last].lower in self._never
                and not sequence[last].text.isupper()
                and not self._is_surname(last)
            )
        ):
            last -= 1
        return first, last

    def _apart(self, first: int, last: int) -> list[Span]:
        """A demonym or country before a person's name is a name of its own.

        What an office is for is none: "Secretary of Defense Jane Roe".
        """
        places = load_places()
        if self._is_behind_office(first):
            for position in range(first + 1, last):
                if self._tokens[position].lower in self._lexicon.given_names:
                    return [(position, last)]
        if last - first < 2:
            return [(first, last)]
        for size in (2, 1):
            words = " ".join(token.text for token in self._tokens[first : first + size])
            folded = key(words)
            if folded in places.demonyms or folded in places.places:
                following = self._tokens[first + size]
                if following.lower in self._lexicon.given_names:
                    return [(first, first + size - 1), (first + size, last)]
        return [(first, last)]

    def _is_behind_office(self, position: int) -> bool:
        before = self._lower_at(position - 2)
        return self._lower_at(position - 1) == "of" and (
            before in self._lexicon.offices or before in self._lexicon.titles
        )
