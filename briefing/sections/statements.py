"""Kind `statements`: what the named actors, or officials speaking for them, said or did."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.models import Claim, Voice
from briefing.sections.fit import NO_FIT, Candidate, Fit
from briefing.sections.query import Query
from briefing.sections.speakers import (
    actor_nearby,
    actor_of,
    acts,
    acts_nearby,
    is_surveyor,
    share_spoken,
    tells_deeds,
)

#: What a claim scores whose speaker is the actor or speaks for it.
SPOKEN = 0.9
#: The same where it says only a part of the sentence, and the rest tells of something else.
ASIDE = 0.55
#: What a claim scores that "the ministry" makes where only one country is spoken of.
NEARBY = 0.7
#: Share of a sentence from which what is said is what it is about.
MOSTLY = 0.4
#: What a claim scores whose subject is the actor.
DONE = 0.7


def fit(candidate: Candidate, query: Query) -> Fit:
    """Well when the actor speaks or somebody speaks for it; a little less when it acts.

    Another source may tell of the speaker what the one printed does not: "its spokesman" here is
    "spokesman for the economy ministry" there.
    """
    claim = candidate.claim
    relevance = query.relevance(claim.text, candidate.around, candidate.language)
    voices = (Voice(claim.speaker, candidate.around), *candidate.elsewhere)
    found = [base for voice in voices if (base := _base(claim, voice, query.spec.actors))]
    if not found:
        return NO_FIT
    best = max(found, key=lambda base: base.score)
    return Fit(best.score + (1 - best.score) * relevance.score, (*best.why, *relevance.why))


def _base(claim: Claim, voice: Voice, actors: Sequence[str]) -> Fit | None:
    """What a claim scores by who says it or acts in it, whatever it is about."""
    language = claim.passage.article.language
    speaker, setting = voice.speaker, f"{claim.text} {voice.around}"
    if speaker and is_surveyor(speaker, language):
        return None
    if speaker and (actor := actor_of(speaker, actors, language)):
        base = SPOKEN if share_spoken(claim) >= MOSTLY else ASIDE
        return Fit(base, (f"{speaker.name} speaks for {actor}",))
    article = claim.passage.article.text
    if speaker and (actor := actor_nearby(speaker, actors, setting, article)):
        return Fit(NEARBY, (f"{speaker.name} speaks for {actor}, by what stands around",))
    if not tells_deeds(language):
        return None
    if actor := acts(claim.text, actors):
        return Fit(DONE, (f"{actor} acts",))
    if actor := acts_nearby(claim.text, actors, setting):
        return Fit(DONE, (f"{actor} acts, by what stands around",))
    return None
