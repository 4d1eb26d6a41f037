"""An article -> its tokens and names, found once for all who ask."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from briefing.models import Article
from briefing.text.names.finding import Name, names_of
from briefing.text.names.tokens import Token, tokens


@dataclass(frozen=True, slots=True)
class NamedText:
    """An article's tokens and the names in it."""

    tokens: tuple[Token, ...]
    names: tuple[Name, ...]


@lru_cache(maxsize=256)
def name_article(article: Article) -> NamedText:
    """The tokens and names of a whole article, found once for all who ask."""
    sequence = tuple(tokens(article.text))
    return NamedText(sequence, names_of(sequence, article.text, article.language))
