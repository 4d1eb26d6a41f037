"""Kind `statements`: what the named actors, or officials speaking for them, said or did."""

from __future__ import annotations

from briefing.sections.fit import NO_FIT, Candidate, Fit
from briefing.sections.query import Query
from briefing.sections.speakers import actor_nearby, actor_of, acts, share_spoken

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
    """Well when the actor speaks or somebody speaks for it; a little less when it acts."""
    claim = candidate.claim
    actors = query.spec.actors
    relevance = query.relevance(claim.text, candidate.around)
    if claim.speaker and (actor := actor_of(claim.speaker, actors)):
        base = SPOKEN if share_spoken(claim) >= MOSTLY else ASIDE
        why = f"{claim.speaker.name} speaks for {actor}"
    elif claim.speaker and (
        actor := actor_nearby(claim.speaker, actors, f"{claim.text} {candidate.around}")
    ):
        base, why = NEARBY, f"{claim.speaker.name} speaks for {actor}, by what stands around"
    elif actor := acts(claim.text, actors):
        base, why = DONE, f"{actor} acts"
    else:
        return NO_FIT
    return Fit(base + (1 - base) * relevance.score, (why, *relevance.why))
