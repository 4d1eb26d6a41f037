"""The matrix of sources and the bar of support: when they are drawn, and that they count right."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from briefing.models import Article, Brief, Section
from briefing.renderers.citing import Citations
from briefing.renderers.counted_figures import draw_matrix, draw_support
from briefing.renderers.fields import MatrixView, SupportBarView
from briefing.renderers.view import make_view
from tests.build import (
    AS_OF,
    find_sentence,
    make_article,
    make_awkward_brief,
    make_claim,
    make_plain_brief,
    make_small_brief,
    number_references,
)


def matrix_of(brief: Brief) -> MatrixView:
    matrix = draw_matrix(brief, Citations(brief))
    assert matrix is not None
    return matrix


def bar_of(brief: Brief) -> SupportBarView:
    bar = draw_support(brief)
    assert bar is not None
    return bar


def test_each_cell_counts_the_printed_statements_of_a_source() -> None:
    matrix = matrix_of(make_plain_brief())
    assert [column["number"] for column in matrix["columns"]] == [1, 2, 3, 4, 5]
    assert [[cell["count"] for cell in row["cells"]] for row in matrix["rows"]] == [
        [1, 0, 2, 1, 1],
        [2, 1, 3, 1, 0],
        [3, 0, 0, 1, 1],
        [1, 0, 1, 0, 0],
    ]
    # wheat, signing, number; delegation, other flow, denial, litre; inspection, troops, gauges.
    assert [row["only"] for row in matrix["rows"]] == [3, 4, 3, 0]
    assert {cell["count"]: cell["tint"] for row in matrix["rows"] for cell in row["cells"]} == {
        0: 0,
        1: 1,
        2: 1,
        3: 2,
    }


def test_the_rows_add_up_to_what_the_list_of_sources_says() -> None:
    view = make_view(make_plain_brief())
    assert view["matrix"] is not None
    assert [sum(cell["count"] for cell in row["cells"]) for row in view["matrix"]["rows"]] == [
        source["used"] for source in view["sources"]
    ]


def test_cells_stand_side_by_side_under_their_heads_and_inside_the_figure() -> None:
    for brief in (make_plain_brief(), make_awkward_like(9)):
        matrix = matrix_of(brief)
        for row in matrix["rows"]:
            edges = [(cell["x"], cell["x"] + cell["width"]) for cell in row["cells"]]
            assert all(end < start for (_, end), (start, _) in pairwise(edges))
            assert edges[-1][1] <= 640 - 48
            for (start, end), column in zip(edges, matrix["columns"], strict=True):
                assert abs((start + end) / 2 - column["x"]) <= 2


def make_awkward_like(sections: int, sources: int = 3) -> Brief:
    """A brief whose every section has one statement, by all sources."""
    articles: list[Article] = [
        make_article(
            " ".join(f"Post {p} of line {n} fell over." for p in range(sections)),
            publisher=f"An Uncommonly Long Name of a Publisher {n}",
        )
        for n in range(1, sources + 1)
    ]
    return Brief(
        "posts",
        "Posts",
        AS_OF,
        articles=tuple(articles),
        references=number_references(*articles),
        sections=tuple(
            Section(
                f"Extraordinarily circumstantial deliberations {p}",
                "topic",
                claims=(make_claim(f"c{p}", *(find_sentence(a, f"Post {p} ") for a in articles)),),
            )
            for p in range(sections)
        ),
    )


def test_heads_without_room_for_their_words_are_numbers() -> None:
    lines = ["Extraordinarily circumstantial", "deliberations 0"]
    assert matrix_of(make_awkward_like(5))["columns"][0]["lines"] == [
        "Extraordinarily",
        "circumstantial…",
    ]
    assert matrix_of(make_awkward_like(3))["columns"][0]["lines"] == lines
    assert [c["lines"] for c in matrix_of(make_awkward_like(9))["columns"]] == [
        [str(n)] for n in range(1, 10)
    ]


def test_fewer_than_three_sources_or_sections_are_no_matrix() -> None:
    for sections, sources in ((2, 3), (3, 2)):
        brief = make_awkward_like(sections, sources)
        assert draw_matrix(brief, Citations(brief)) is None
    brief = make_small_brief()
    assert draw_matrix(brief, Citations(brief)) is None


def test_beyond_fifteen_sources_the_most_used_are_shown_and_the_rest_counted() -> None:
    matrix = matrix_of(make_awkward_like(3, 17))
    assert [row["number"] for row in matrix["rows"]] == list(range(1, 16))
    assert matrix["more"] == 2
    assert all(row["label"].endswith("…") for row in matrix["rows"])


def test_every_number_is_told_in_words_as_well() -> None:
    matrix = matrix_of(make_plain_brief())
    assert matrix["description"].startswith(
        "[1] Caldmoor Courier: Itinerary 1, Water shares 2, Upland and Lowland 1, "
        "Analyst views 1; 3 statements on it alone."
    )


def test_the_bar_counts_every_printed_statement_once() -> None:
    brief = make_plain_brief()
    bar = bar_of(brief)
    # Arrival, meeting and flow have two independent sources; the presidents' two are one.
    assert [(part["sources"], part["count"]) for part in bar["parts"]] == [("two", 3), ("one", 11)]
    assert bar["total"] == 14
    first, second = bar["parts"]
    assert (first["x"], first["width"]) == (0, round(640 * 3 / 14) - 2)
    assert second["x"] + second["width"] == 640
    assert bar["description"] == "Of 14 printed statements: 3 by two, 11 by one."


def test_a_bar_of_one_part_or_of_few_statements_is_not_drawn() -> None:
    assert draw_support(make_awkward_like(9)) is None  # three sources each: words say that
    plain = make_plain_brief()
    assert draw_support(replace(plain, sections=plain.sections[:2])) is None
    assert draw_support(make_small_brief()) is None


def test_a_brief_may_go_without_figures_and_a_principals_page_always_does() -> None:
    for brief in (
        replace(make_plain_brief(), show_figures=False),
        replace(make_plain_brief(), profile="principal"),
    ):
        view = make_view(brief)
        assert (view["matrix"], view["support_bar"]) == (None, None)
        assert [section["figure"] for section in view["sections"]] == [None] * len(view["sections"])


def test_an_awkward_brief_is_counted_too() -> None:
    view = make_view(make_awkward_brief())
    assert view["matrix"] is not None
    arabic = view["matrix"]["rows"][1]
    assert (arabic["number"], arabic["label"]) == (2, "")  # letters that join cannot be drawn
    assert view["matrix"]["more"] == len(view["sources"]) - 15
