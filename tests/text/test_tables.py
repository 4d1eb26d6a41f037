from __future__ import annotations

import pytest

from briefing.text.names.lexicon import load_lexicon
from briefing.text.tables import load_table


def test_a_table_is_read_once() -> None:
    assert load_table("places") is load_table("places")


def test_a_table_that_is_not_packaged() -> None:
    with pytest.raises(FileNotFoundError):
        load_table("no-such-table")


def test_every_country_has_its_row() -> None:
    countries = load_table("places")["country"]
    assert len(countries) >= 195
    assert all(set(row) <= {"capital", "demonyms", "also"} for row in countries.values())


def test_bodies_belong_to_countries_of_the_table() -> None:
    assert set(load_table("bodies")["national"]) <= set(load_table("places")["country"])


def test_every_verb_has_forms_status_and_kind() -> None:
    for lemma, row in load_table("speech_verbs")["en"]["verbs"].items():
        forms = row["forms"].split()
        assert forms[0] == lemma
        assert any(form.endswith("ing") for form in forms)
        assert row["kind"] in {"clause", "that", "quote", "deed", "thought"}


def test_the_lexicon_folds_its_words() -> None:
    lexicon = load_lexicon("en")
    assert lexicon is not None
    assert "prime minister" in lexicon.titles
    assert lexicon.verbs["said"].status == "said"
    assert all(word == word.lower() for word in lexicon.titles | lexicon.offices)
