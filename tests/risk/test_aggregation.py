import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Point, Polygon, box
from wangge.plugin.errors import WanggeError
from wangge.plugin.risk.aggregation import aggregate_risks
from wangge.plugin.risk.roll_up import roll_up_areas, roll_up_by_code
from wangge.plugin.risk.schemes import LEVELS
from wangge.plugin.rules.batch import make_batch

CODES = ["500112001001001", "500112001001002", "500112002001001"]


def make_areas():
    """Three cells of 10 m side by side."""
    return make_batch(
        {"grid_code": CODES}, [box(0, 0, 10, 10), box(10, 0, 20, 10), box(20, 0, 30, 10)]
    )


def make_risks(*rows):
    """Rows of (geometry, level, score) or (geometry, level, score, status)."""
    return make_batch(
        {
            "level": [r[1] for r in rows],
            "score": np.array([r[2] for r in rows], float),
            "status": [r[3] if len(r) > 3 else "open" for r in rows],
        },
        [r[0] for r in rows],
    )


def test_points_are_counted_by_level_with_worst_weight_and_highest_score():
    risks = make_risks(
        (Point(1, 1), "blue", 20),
        (Point(2, 2), "red", 400),
        (Point(3, 3), None, np.nan),
        (Point(25, 5), "yellow", 90),
    )
    areas = aggregate_risks(risks, make_areas()).areas
    assert areas.fields["red"].tolist() == [1, 0, 0]
    assert areas.fields["yellow"].tolist() == [0, 0, 1]
    assert areas.fields["blue"].tolist() == [1, 0, 0]
    assert areas.fields["unrated"].tolist() == [1, 0, 0]
    assert areas.fields["risks"].tolist() == [3, 0, 1]
    assert areas.fields["worst_level"].tolist() == ["red", None, "yellow"]
    assert areas.fields["score_sum"].tolist() == [420, 0, 90]
    assert areas.fields["risk_weight"].tolist() == [9, 0, 2]
    assert np.array_equal(areas.fields["score_max"], [400, np.nan, 90], equal_nan=True)


def test_a_point_on_a_border_counts_once():
    areas = aggregate_risks(make_risks((Point(10, 5), "red", 1)), make_areas()).areas
    assert areas.fields["red"].tolist() == [1, 0, 0]


def test_a_line_counts_in_each_area_it_runs_into_or_by_its_share():
    risks = make_risks((LineString([(2, 5), (12, 5)]), "orange", 200))
    assert aggregate_risks(risks, make_areas()).areas.fields["orange"].tolist() == [1, 1, 0]
    shared = aggregate_risks(risks, make_areas(), by_share=True).areas
    assert shared.fields["orange"].tolist() == pytest.approx([0.8, 0.2, 0])
    assert shared.fields["score_sum"].tolist() == pytest.approx([160, 40, 0])


def test_an_area_counts_where_it_overlaps_and_not_where_it_touches():
    risks = make_risks((box(10, 2, 24, 4), "red", 400))
    assert aggregate_risks(risks, make_areas()).areas.fields["red"].tolist() == [0, 1, 1]
    shared = aggregate_risks(risks, make_areas(), by_share=True).areas
    assert shared.fields["red"].tolist() == pytest.approx([0, 10 / 14, 4 / 14])


def test_a_part_outside_all_areas_is_in_no_share():
    risks = make_risks((LineString([(-10, 5), (10, 5)]), "red", 400))
    shared = aggregate_risks(risks, make_areas(), by_share=True).areas
    assert shared.fields["red"].tolist() == pytest.approx([0.5, 0, 0])


def test_a_line_along_a_border_is_shared_between_both_sides():
    risks = make_risks((LineString([(10, 2), (10, 8)]), "red", 400))
    shared = aggregate_risks(risks, make_areas(), by_share=True).areas
    assert shared.fields["red"].tolist() == pytest.approx([0.5, 0.5, 0])


def test_risks_in_no_area_without_place_or_closed_are_reported():
    risks = make_risks(
        (Point(99, 99), "red", 1),
        (None, "red", 1),
        (Point(), "red", 1),
        (Point(1, 1), "red", 1, "closed"),
        (Point(1, 1), "blue", 1),
    )
    result = aggregate_risks(risks, make_areas())
    assert result.outside.tolist() == [0]
    assert result.unplaced.tolist() == [1, 2]
    assert result.closed.tolist() == [3]
    assert result.areas.fields["risks"].sum() == 1
    assert aggregate_risks(risks, make_areas(), include_closed=True).areas.fields["red"][0] == 1


def test_a_line_without_length_counts_like_a_point():
    areas = aggregate_risks(make_risks((LineString([(5, 5), (5, 5)]), "red", 1)), make_areas())
    assert areas.membership.share.tolist() == [1]
    assert areas.areas.fields["red"].tolist() == [1, 0, 0]


def test_a_crossed_polygon_still_counts():
    bow = Polygon([(1, 1), (9, 9), (9, 1), (1, 9)])
    assert aggregate_risks(make_risks((bow, "red", 1)), make_areas()).areas.fields["red"][0] == 1


def test_no_risks_give_zeros():
    risks = make_batch({"level": np.array([], object)}, np.array([], object))
    areas = aggregate_risks(risks, make_areas()).areas
    assert areas.fields["risks"].tolist() == [0, 0, 0]
    assert areas.fields["worst_level"].tolist() == [None, None, None]


def test_wrong_layers_are_refused():
    risks = make_risks((Point(1, 1), "red", 1))
    with pytest.raises(WanggeError, match="no polygons"):
        aggregate_risks(risks, risks)
    with pytest.raises(WanggeError, match="no geometry"):
        aggregate_risks(make_batch({"level": ["red"]}), make_areas())
    here = make_batch({"level": ["red"]}, [Point(1, 1)], crs="EPSG:4490")
    there = make_batch({"grid_code": ["1"]}, [box(0, 0, 1, 1)], crs="EPSG:4544")
    with pytest.raises(WanggeError, match=r"EPSG:4490.*EPSG:4544"):
        aggregate_risks(here, there)


def test_a_line_through_two_cells_of_a_street_counts_once_in_the_street():
    risks = make_risks(
        (LineString([(2, 5), (28, 5)]), "orange", 200),
        (Point(1, 1), "red", 400),
        (Point(99, 1), "blue", 4),
    )
    result = aggregate_risks(risks, make_areas())
    street = roll_up_areas(risks, result, code_field="grid_code", length=9)
    assert street.fields["code"].tolist() == ["500112001", "500112002", None]
    assert street.fields["orange"].tolist() == [1, 1, 0]
    assert street.fields["red"].tolist() == [1, 0, 0]
    assert street.fields["blue"].tolist() == [0, 0, 1]
    city = roll_up_areas(risks, result, code_field="grid_code", length=4)
    assert city.fields["risks"].tolist() == [2, 1]


def test_codes_roll_up_without_geometry():
    risks = make_batch(
        {
            "grid_code": [*CODES, None, "50011"],
            "level": ["red", "blue", "yellow", "blue", "orange"],
            "score": [400.0, 1, 90, 1, 200],
        }
    )
    street = roll_up_by_code(risks, length=9)
    assert street.fields["code"].tolist() == ["500112001", "500112002", None]
    assert street.fields["risks"].tolist() == [2, 1, 2]
    assert street.fields["worst_level"].tolist() == ["red", "yellow", "orange"]


coordinate = st.integers(-5, 35)


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(coordinate, st.integers(0, 10), st.sampled_from([*LEVELS, None])), max_size=30
    )
)
def test_every_point_is_counted_exactly_once_or_reported(rows):
    risks = make_risks(*[(Point(x, y), level, 1.0) for x, y, level in rows])
    if not rows:
        return
    result = aggregate_risks(risks, make_areas())
    assert result.areas.fields["risks"].sum() + len(result.outside) == len(rows)
    inside = shapely.intersects(box(0, 0, 30, 10), risks.geometry)
    assert len(result.outside) == (~inside).sum()
    for level in LEVELS:
        expected = sum(1 for (_, _, v), ok in zip(rows, inside, strict=True) if ok and v == level)
        assert result.areas.fields[level].sum() == expected


@settings(max_examples=40)
@given(st.lists(st.tuples(coordinate, coordinate), min_size=2, max_size=5, unique=True))
def test_shares_of_a_line_add_up_to_its_part_inside(points):
    line = LineString(points)
    result = aggregate_risks(make_risks((line, "red", 1.0)), make_areas(), by_share=True)
    total = result.areas.fields["red"].sum()
    inside = line.intersection(box(0, 0, 30, 10)).length / line.length
    assert total <= 1 + 1e-9
    assert total >= inside - 1e-9
