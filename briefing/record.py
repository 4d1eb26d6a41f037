"""A brief and what was chosen for it -> what the store keeps of its edition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from briefing.models import Brief, Problem
from briefing.schedule import Choice
from briefing.store.rows import ArticleUse, ClaimUse, LeftOut

#: Articles left out for one reason that are kept by name; of more, how many there are.
MOST_LEFT_OUT = 100


def article_uses(brief: Brief) -> tuple[ArticleUse, ...]:
    """The articles that a brief was made of, with their texts."""
    return tuple(
        ArticleUse(
            article.sha256,
            article.id,
            title=article.title or "",
            publisher=article.publisher or "",
            subject=article.subject,
            published=article.published.isoformat() if article.published else "",
            text=article.text,
        )
        for article in brief.articles
    )


def claim_uses(brief: Brief) -> tuple[ClaimUse, ...]:
    """What a brief prints."""
    return tuple(
        ClaimUse(claim.id, sha256(claim.text.encode()).hexdigest(), section.title, claim.text)
        for section in brief.sections
        for claim in section.claims
    )


def left_out_of(choice: Choice, problems: Sequence[Problem]) -> tuple[LeftOut, ...]:
    """What an edition was not made of: what could not be read, then articles by their reason."""
    left = [LeftOut(problem.subject, problem.reason) for problem in problems]
    for reason in sorted({each.reason for each in choice.excluded}):
        subjects = [each.article.subject for each in choice.excluded if each.reason == reason]
        left += (LeftOut(subject, reason) for subject in subjects[:MOST_LEFT_OUT])
        if (more := len(subjects) - MOST_LEFT_OUT) > 0:
            left.append(LeftOut(f"{more} more", reason))
    return tuple(left)


def remark_of(choice: Choice) -> str:
    """How many articles were left out for each reason; "" when none was."""
    counted = Counter(each.reason for each in choice.excluded)
    if not counted:
        return ""
    parts = ", ".join(f"{count} {reason}" for reason, count in sorted(counted.items()))
    return f"of {len(choice.articles) + len(choice.excluded)} articles {parts}"
