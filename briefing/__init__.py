"""From a pile of news articles to a brief whose every sentence can be traced to its source."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.config import BriefSpec, Config, load_config
    from briefing.errors import BriefingError
    from briefing.models import Article, Brief, Claim, Document, Problem, Section, Sentence
    from briefing.pipeline import make_brief
    from briefing.runner import Edition, run_brief
    from briefing.verify import verify_edition

__all__ = [
    "Article",
    "Brief",
    "BriefSpec",
    "BriefingError",
    "Claim",
    "Config",
    "Document",
    "Edition",
    "Problem",
    "Section",
    "Sentence",
    "load_config",
    "make_brief",
    "run_brief",
    "verify_edition",
]

_HOMES = {
    "briefing.config": ("BriefSpec", "Config", "load_config"),
    "briefing.errors": ("BriefingError",),
    "briefing.models": ("Article", "Brief", "Claim", "Document", "Problem", "Section", "Sentence"),
    "briefing.pipeline": ("make_brief",),
    "briefing.runner": ("Edition", "run_brief"),
    "briefing.verify": ("verify_edition",),
}


def __getattr__(name: str) -> object:
    """A public name, imported when it is first asked for, so that `brief --help` stays instant."""
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'briefing' has no attribute '{name}'")
