"""Who says what in an article, and how sure its source is."""

from briefing.text.speech.attributed import Attribution
from briefing.text.speech.attribution import attribute, find_attributions

__all__ = ["Attribution", "attribute", "find_attributions"]
