"""Why a geometry is invalid is told in words, with the place."""

import re

import pytest
import shapely
from wangge.plugin.rules.validity import why_invalid

CROSSED = "POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))"
SHAPES = (
    CROSSED,
    "POLYGON ((0 0, 2 0, 4 0, 4 4, 2 0, 0 4, 0 0), (1 1, 1.2 1, 1.1 1.2, 1 1))",
    "POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0), (5 5, 6 5, 6 6, 5 5))",
    "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 5 1, 5 5, 1 5, 1 1), (2 2, 3 2, 3 3, 2 2))",
    "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (2 0, 3 2, 2 4, 1 2, 2 0))",
    "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 4, 0 0)), ((1 1, 2 1, 2 2, 1 1)))",
)


@pytest.mark.parametrize("text", SHAPES)
def test_no_word_of_the_library_is_left(text):
    reason = shapely.is_valid_reason(shapely.from_wkt(text))
    told = why_invalid(reason)
    assert reason.partition("[")[0] not in told
    assert re.fullmatch(r"(a|its) [a-z ]+ \(\S+, \S+\)", told)


def test_a_border_that_crosses_itself_is_told_with_its_place():
    reason = shapely.is_valid_reason(shapely.from_wkt(CROSSED))
    assert why_invalid(reason) == "its border crosses itself (1, 1)"


def test_what_is_not_known_stays_as_it_was():
    assert why_invalid("Something new") == "Something new"
    assert why_invalid("Something new[1.23456 -2]") == "Something new (1.235, -2)"
