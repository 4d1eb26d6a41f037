"""Text -> words, stems and stop words, the terms in which sentences are compared."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import cast

from briefing.text.tables import load_language

# What the stemmers and stop-word lists call a language; ISO 639-1 is what articles carry.
_STEMMER_NAMES = {
    "ar": "arabic",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sk": "slovak",
    "sv": "swedish",
    "uk": "ukrainian",
}
# sumy ships no list for the other languages that can be stemmed; theirs are in their data files.
_LISTED = frozenset(("ar", "cs", "de", "el", "en", "es", "fr", "it", "pl", "pt", "sk", "sv", "uk"))

# Titles and "told" are as common in news as "said", which sumy's list holds.
_NEWS_WORDS = {"en": frozenset(["mr", "mrs", "ms", "told"])}

# Vowel signs are marks, not letters, to `re`; without them an Indic word would fall apart.
_LETTER = r"(?:[^\W_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u0670\u0900-\u0963\u0966-\u0dff])"
_WORD = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}"  # U.S., a.m.
    rf"|\d+(?:[.,:]\d+)+"  # 1,500 and 10:30
    rf"|{_LETTER}+(?:['-]{_LETTER}+)*"
)
#: The same where no other letters can be; several times as quick, and most of English.
_ASCII_WORD = re.compile(r"(?:[a-z]\.){2,}|\d+(?:[.,:]\d+)+|[a-z\d]+(?:['-][a-z\d]+)*")
#: Marks that are written in several ways, and the plain one; a soft hyphen is none.
_PLAIN = (("’", "'"), ("ʼ", "'"), ("‐", "-"), ("‑", "-"), ("\u00ad", ""))


@lru_cache(maxsize=16_384)
def words(text: str) -> tuple[str, ...]:
    """The words of a text in order, in lower case, with plain apostrophes and hyphens.

    Hyphenated words, figures such as "1,500" and dotted abbreviations are one word each.
    """
    if not text.isascii():
        for mark, plain in _PLAIN:
            text = text.replace(mark, plain)
    text = text.lower()
    return tuple((_ASCII_WORD if text.isascii() else _WORD).findall(text))


def is_supported(language: str) -> bool:
    """Whether words of a language (ISO 639-1) are stemmed and stop words left out.

    For any other language `stem` gives the word itself and `stop_words` is empty.
    """
    return language in _STEMMER_NAMES


@lru_cache(maxsize=32)
def stop_words(language: str) -> frozenset[str]:
    """Words of a language (ISO 639-1) that carry no content; empty when there is no list."""
    if language not in _LISTED:
        return frozenset(load_language(language).get("telling", "").split())
    from sumy.utils import get_stop_words

    listed: frozenset[str] = get_stop_words(_STEMMER_NAMES[language])
    return listed | _NEWS_WORDS.get(language, frozenset())


@lru_cache(maxsize=131_072)
def stem(word: str, language: str) -> str:
    """The stem of a lower-case word; the word itself in a language without a stemmer."""
    return _stemmer(language)(word)


@lru_cache(maxsize=16_384)
def stems(text: str, language: str) -> tuple[str, ...]:
    """The content stems of a text in order, repeats kept, stop words left out.

    A hyphenated word gives the stems of its parts, so that "cease-fire" meets "cease fire".
    """
    dull = stop_words(language)
    found = []
    for word in words(text):
        if word in dull:
            continue
        if "-" in word:
            parts = [part for part in word.split("-") if part not in dull or part.isdigit()]
        else:
            parts = [word]
        for part in parts:
            if part.isdigit():
                found.append(part)
            elif len(part) > 1:
                found.append(stem(part, language))
    return tuple(found)


@lru_cache(maxsize=32)
def _stemmer(language: str) -> Callable[[str], str]:
    if language not in _STEMMER_NAMES:
        return str
    import Stemmer

    name = _STEMMER_NAMES[language]
    if name in Stemmer.algorithms():
        # `stem` remembers already.
        return cast("Callable[[str], str]", Stemmer.Stemmer(name, maxCacheSize=0).stemWord)
    # Slovak and Ukrainian; 0.4 s, since it brings the whole of NLTK.
    from sumy.nlp import stemmers

    return cast("Callable[[str], str]", stemmers.Stemmer(name))
