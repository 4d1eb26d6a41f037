"""The name of a folder and what is in it -> a commented configuration to begin with."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from unicodedata import normalize

_STARTER = """\
# What `brief` builds, and from what. After a change: `brief check`, then `brief build`.
# Every key is described in docs/configuration.md; `brief schema` gives editors the same.

version: 1

defaults: # for every brief in this file
  language: en
  timezone: UTC # of dates without a zone, and of the dates printed; such as Europe/Berlin
  formats: [markdown, html, pdf, json]

briefs:
  {name}: # the NAME for `brief build NAME`: a-z, 0-9 and -
    title: {title}
    sources: # what to read; paths start at this file
{sources}
      # Facts that an article does not state can be given; they win over what it says:
      # - path: one-article.txt
      #   publisher: The name of the paper
      #   published: 2024-05-17
      #   url: https://example.org/where-a-reader-can-open-it
    condense:
      method: salience # how sentences are chosen; or {others}
      length: 30% # of each article; or a count of sentences, such as 8
    sections: # the headings, in printed order; edit, add, take away
      - title: Key developments
        kind: topic # sentences about the description and the keywords
        description: What has happened, and what it changes.
        keywords: [announced, agreed, decision, agreement, attack, law]
        limit: 8 # most statements printed; the rest stay in brief.json
      - title: Timeline
        kind: timeline # dated events, in the order in which they happened
        description: What happens when and where.
        keywords: [arrive, meeting, visit, deadline, vote]
      - title: People
        kind: people # one row a person, with the role as the articles give it
      - title: Official responses
        kind: statements # what these actors, or people who speak for them, said or did
        actors: [government, foreign ministry, United Nations]
      - title: Expert views
        kind: experts # views of analysts and scholars, each with the speaker's affiliation
"""


def starter(folder: str, paths: Sequence[str], rankers: Collection[str]) -> str:
    """A configuration for the articles at `paths` (files, folders or globs) in `folder`.

    `folder` is the folder's name, from which the brief's name and title are made; `rankers` are
    the methods of condensing that exist.
    """
    others = ", ".join(sorted(set(rankers) - {"salience"}))
    sources = "\n".join(f"      - path: {_quoted(path)}" for path in paths)
    return _STARTER.format(
        name=_name(folder), title=_quoted(_title(folder)), sources=sources, others=others
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _title(folder: str) -> str:
    words = " ".join("".join(c for c in re.sub(r"[-_]+", " ", folder) if c.isprintable()).split())
    return words[:1].upper() + words[1:] if words else "Brief"


def _name(folder: str) -> str:
    letters = normalize("NFKD", folder).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:80].strip("-") or "brief"
