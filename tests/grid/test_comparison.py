import json

import numpy as np
import pytest
from shapely import box
from wangge.plugin.grid.comparison import compare, comparison_html
from wangge.plugin.grid.scorecard import score

TOWN = np.array([box(0, 0, 200, 200)])
EVEN = np.array([box(x, y, x + 100, y + 100) for x in (0, 100) for y in (0, 100)])
UNEVEN = np.array([EVEN[0], EVEN[1], box(100, 0, 200, 150), box(100, 150, 200, 200)])


@pytest.fixture
def both():
    return score(UNEVEN, TOWN), score(EVEN, TOWN)


def test_the_better_of_two_is_named_figure_by_figure(both):
    comparison = compare(both[0], UNEVEN, both[1], EVEN)
    pairs = {pair.name: pair for pair in comparison.figures}
    assert (pairs["area_cv"].better, pairs["pp_mean"].better) == (2, 2)
    assert pairs["cells"].better == 0
    assert pairs["area_cv"].difference == pytest.approx(-pairs["area_cv"].first)
    assert pairs["on_feature_ratio"].difference is None


def test_changed_cells_are_those_without_a_counterpart(both):
    comparison = compare(both[0], UNEVEN, both[1], EVEN)
    assert list(comparison.first_changed) == [2, 3]
    assert list(comparison.second_changed) == [2, 3]
    assert comparison.changed_area == pytest.approx(20_000)
    assert json.loads(json.dumps(comparison.to_json()))["cells_changed_first"] == 2


def test_a_partition_equals_itself(both):
    comparison = compare(both[0], UNEVEN, both[0], UNEVEN)
    assert not len(comparison.first_changed)
    assert {pair.better for pair in comparison.figures} == {0}


def test_the_page_names_both_and_escapes_them(both):
    comparison = compare(both[0], UNEVEN, both[1], EVEN)
    page = comparison_html(
        comparison, both[0], UNEVEN, both[1], EVEN, names=("By hand <1>", "By machine")
    )
    assert "By hand &lt;1&gt;" in page
    assert page.count("<svg") == 2
    assert "2 cells of the first" in page
