"""Spellings of persons' names -> which are one person, inside an article and across articles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefing.text.names.lexicon import Lexicon, load_lexicon

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_MARKS = re.compile(r"['’]s?\b|[.]")


@dataclass(frozen=True, slots=True)
class Parts:
    """A name taken apart; every word folded to lower case without marks and hyphens."""

    words: tuple[str, ...]  #: without titles, honorifics and suffixes
    gender: str  #: "m", "f", or "" when title and given name do not tell

    @property
    def is_full(self) -> bool:
        """Whether it has more than a surname."""
        return len(self.words) > 1


@lru_cache(maxsize=8192)
def parts(name: str, language: str = "en") -> Parts:
    """The words of a person's name and the gender that its title or given name tells."""
    lexicon = _lexicon(language)
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = _MARKS.sub("", plain.translate(_LETTERS))
    words = [word.lower() for word in _WORD.findall(plain)]
    gender = ""
    while len(words) > 1:
        size = next((n for n in (3, 2, 1) if " ".join(words[:n]) in lexicon.titles), 0)
        if not size or size >= len(words):
            break
        gender = gender or _gender(words[size - 1], lexicon)
        words = words[size:]
    while len(words) > 1 and words[-1] in lexicon.suffixes:
        words.pop()
    if not gender and len(words) > 1:
        gender = _gender(words[0], lexicon)
    return Parts(tuple(words), gender)


def same_person(first: str, second: str, language: str = "en") -> bool:
    """Whether two full names are spellings of one name.

    Hyphens, spaces, case, marks, titles, middle names and initials, nicknames, the common
    romanisations and the order of the words may differ. A bare surname is never the same person as
    a full name here: `group_people` tells that from the other names at hand.
    """
    one, two = parts(first, language), parts(second, language)
    if not one.words or not two.words or {one.gender, two.gender} == {"m", "f"}:
        return False
    if "".join(one.words) == "".join(two.words):
        return True
    if not (one.is_full and two.is_full):
        return False
    lexicon = _lexicon(language)
    if len(one.words) == len(two.words):
        if sorted(one.words) == sorted(two.words):
            return True
        if all(_alike(a, b, lexicon) for a, b in zip(one.words, two.words, strict=True)):
            return True
    return _is_shortened(one.words, two.words, lexicon) or _is_shortened(
        two.words, one.words, lexicon
    )


def group_people(names: Sequence[str], language: str = "en") -> tuple[tuple[int, ...], ...]:
    """Indices of the names, one group a person, in order of first mention.

    A bare surname joins the only person of that surname (and gender, where "Mr" or "Mrs" tells
    it); where several persons share the surname, it stays a group of its own.
    """
    return _grouped(tuple(names), language)


@lru_cache(maxsize=256)
def _grouped(names: tuple[str, ...], language: str) -> tuple[tuple[int, ...], ...]:
    lexicon = _lexicon(language)
    groups: list[list[int]] = []
    by_word: dict[str, list[int]] = {}  # word of a name -> groups that hold it
    bare: list[int] = []
    for number, name in enumerate(names):
        taken = parts(name, language)
        if not taken.is_full:
            bare.append(number)
            continue
        keys = [_canonical(word, lexicon) for word in taken.words]
        near = dict.fromkeys(group for word in keys for group in by_word.get(word, ()))
        fits = [g for g in near if all(same_person(name, names[m], language) for m in groups[g])]
        if len(fits) != 1:
            fits = [len(groups)]
            groups.append([])
        groups[fits[0]].append(number)
        for word in keys:
            owners = by_word.setdefault(word, [])
            if fits[0] not in owners:
                owners.append(fits[0])
    alone: dict[tuple[str, ...], list[int]] = {}
    for number in bare:
        words = parts(names[number], language).words
        near = dict.fromkeys(
            g for word in words for g in by_word.get(_canonical(word, lexicon), ())
        )
        owners = [
            g
            for g in near
            if any(is_short_for(names[number], names[m], language) for m in groups[g])
        ]
        if len(owners) == 1:
            groups[owners[0]].append(number)
        else:
            alone.setdefault(words, []).append(number)
    return tuple(sorted(tuple(sorted(group)) for group in [*groups, *alone.values()]))


@lru_cache(maxsize=8192)
def _canonical(word: str, lexicon: Lexicon) -> str:
    return _romanised(min(lexicon.variants.get(word, (word,))))


def is_short_for(short: str, full: str, language: str = "en") -> bool:
    """Whether a bare surname (or first name of a king) can stand for a full name."""
    one, two = parts(short, language), parts(full, language)
    if not one.words or not two.is_full or {one.gender, two.gender} == {"m", "f"}:
        return False
    if one.is_full:
        return len(one.words) < len(two.words) and (
            one.words == two.words[-len(one.words) :] or one.words == two.words[: len(one.words)]
        )
    # The surname is last in most names, first in Korean, Chinese, Vietnamese and Hungarian ones.
    return one.words[0] in (two.words[-1], two.words[0])


def _is_shortened(short: tuple[str, ...], full: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Whether `short` is one given name and the surname of `full`, which has more or initials.

    Two different middle names are two persons; and "Nguyen Anh" is not "Nguyen Van Anh".
    """
    if len(short) == 2 and len(full) == 3 and short == full[1:]:
        return len(full[0]) > 4 or len(full[1]) > 4  # who goes by a middle name
    return (
        len(short) == 2 < len(full)
        and (max(map(len, full)) > 4 or all(len(word) == 1 for word in full[1:-1]))
        and _alike(short[0], full[0], lexicon)
        and _alike(short[1], full[-1], lexicon)
    )


def _alike(one: str, two: str, lexicon: Lexicon) -> bool:
    """Whether two words of names are one: equal, an initial, a nickname or a romanisation."""
    if one == two or two in lexicon.variants.get(one, ()):
        return True
    if len(one) == 1 or len(two) == 1:
        return one[0] == two[0]
    if min(len(one), len(two)) >= 4 and _DIGRAPH.sub("", one) == _DIGRAPH.sub("", two):
        return True
    return min(len(one), len(two)) >= 5 and _romanised(one) == _romanised(two)


@lru_cache(maxsize=8192)
def _romanised(word: str) -> str:
    """A word with the letters that transliterations from other scripts vary in made one."""
    word = _DIGRAPH.sub("", word)
    for pattern, letter in _ROMANISED:
        word = pattern.sub(letter, word)
    return word


#: Letters that have no mark to take away.
_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss", "æ": "ae", "Æ": "Ae", "đ": "d", "-": " "}
)
#: What stands for the two dots of ä, ö and ü: "Joerg" is "Jörg".
_DIGRAPH = re.compile(r"(?<=[aou])e")
_ROMANISED = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"(?:iy|yi|yy|ij|ii|ei|ey|y)$", "i"),
        (r"(?:iy|yi|yy|ij|ii|y|j)", "i"),
        (r"w", "v"),
        (r"kh", "h"),
        (r"ph", "f"),
        (r"q|ck", "k"),
        (r"(.)\1", r"\1"),
    )
)


def _gender(word: str, lexicon: Lexicon) -> str:
    is_female, is_male = word in lexicon.female, word in lexicon.male
    if is_female == is_male:
        return ""
    return "f" if is_female else "m"


def _lexicon(language: str) -> Lexicon:
    lexicon = load_lexicon(language) or load_lexicon("en")
    assert lexicon is not None, "the English tables are part of the package"
    return lexicon
