"""The figures against an independent, slow and plain computation on small towns."""

import json
import math
from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, box
from wangge.plugin.grid.load import balance_figures, sum_load
from wangge.plugin.grid.nearness import StraightLines, count_samples, samples_within
from wangge.plugin.grid.scorecard import score

ORIGIN = np.array([500000, 3400000])


def plain_borders(cells, communities):
    """Every straight stretch of border once; whether it lies inside a community."""
    outline = shapely.union_all([c.boundary for c in communities])
    stretches = {}
    for cell in cells:
        for ring in [cell.exterior, *cell.interiors]:
            points = [tuple(np.round(p, 6)) for p in ring.coords]
            for a, b in pairwise(points):
                stretches[min(a, b), max(a, b)] = None
    lines = [LineString(key) for key in stretches]
    return [
        (line, line.interpolate(0.5, normalized=True).distance(outline) > 1.0) for line in lines
    ]


def plain_samples(line):
    n = max(1, math.ceil(line.length / 2.0))
    return [(line.interpolate((k + 0.5) / n, normalized=True), line.length / n) for k in range(n)]


def plain_figures(cells, communities, barriers, buildings, target):
    area = [c.area for c in cells]
    roads = shapely.union_all(barriers)
    borders = plain_borders(cells, communities)
    inner = [line for line, is_inner in borders if is_inner]
    samples = [(p.distance(roads), w) for line in inner for p, w in plain_samples(line)]
    total = sum(w for _, w in samples)
    outline = shapely.union_all([c.boundary for c in communities])
    loops = shapely.polygonize([shapely.union_all([roads, outline])])
    walls = shapely.union_all([f.boundary for f in loops.geoms]).difference(
        shapely.buffer(outline, 1.0)
    )
    everything = shapely.union_all([line for line, _ in borders])
    pieces = []
    for wall in shapely.get_parts(walls):
        for a, b in pairwise(wall.coords):
            pieces += plain_samples(LineString([a, b]))
    pieces = [(p, w) for p, w in pieces if any(c.contains(p) for c in communities)]
    along = sum(w for _, w in pieces)
    pp = [4 * math.pi * c.area / c.length**2 for c in cells]
    cut = {
        k
        for k, house in enumerate(buildings)
        for line in inner
        if line.intersection(house.buffer(-0.05)).length > 0.05
    }
    crossed = {
        k
        for k, house in enumerate(buildings)
        for line in barriers
        if line.intersection(house.buffer(-0.05)).length > 0.05
    }
    mean = sum(area) / len(area)
    return {
        "cells": len(cells),
        "mean_area": mean,
        "area_cv": math.sqrt(sum((a - mean) ** 2 for a in area) / len(area)) / mean,
        "share_within_25pct": sum(0.75 * target < a < 1.25 * target for a in area) / len(area),
        "share_within_50pct": sum(0.5 * target < a < 1.5 * target for a in area) / len(area),
        "pp_mean": sum(pp) / len(pp),
        "on_feature_ratio": sum(w for d, w in samples if d <= 1.0) / total,
        "missed_feature_ratio": sum(w for d, w in samples if 1.0 < d <= 15.0) / total,
        "barrier_use": sum(w for p, w in pieces if p.distance(everything) <= 1.0) / along,
        "barrier_use_within_20m": sum(w for p, w in pieces if p.distance(everything) <= 20) / along,
        "gap_area": shapely.union_all(communities).difference(shapely.union_all(cells)).area,
        "overlap_area": sum(area) - shapely.union_all(cells).area,
        "building_cuts": len(cut),
        "building_cuts_not_under_a_barrier": len(cut - crossed),
    }


@settings(max_examples=15)
@given(seed=st.integers(0, 10**6), skew=st.floats(0.02, 0.2))
def test_the_figures_equal_a_plain_computation(make_town, seed, skew):
    town = make_town(4, 4, skew=skew, seed=seed)
    random = np.random.default_rng(seed)
    ends = random.uniform(-30, 430, (8, 3, 2)) + ORIGIN
    barriers = np.array([LineString(e) for e in ends])
    # Some barriers run along borders, as streets do.
    barriers = np.append(barriers, shapely.LineString(town.cells[5].exterior.coords[:3]))
    corner = random.uniform(0, 380, (12, 2)) + ORIGIN
    buildings = shapely.box(*corner.T, *(corner + 18).T)
    figures = score(town.cells, town.communities, barriers, buildings=buildings).figures
    expected = plain_figures(town.cells, town.communities, barriers, buildings, 10_000)
    assert {k: figures[k] for k in expected} == pytest.approx(expected, rel=1e-9, abs=1e-6)
    assert figures["coverage_valid"] is True


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(*[st.floats(-50, 50)] * 4).filter(lambda e: e[:2] != e[2:]),
        min_size=1,
        max_size=6,
    ),
    st.floats(0.5, 20),
)
def test_samples_within_equals_measuring_every_sample(edges, distance):
    others = np.array([LineString([(0, 0), (30, 5), (31, 40)]), LineString([(-20, -20), (9, -3)])])
    start, end = np.array(edges)[:, :2], np.array(edges)[:, 2:]
    got = samples_within(start, end, StraightLines.of(others), distance)
    for k, n in enumerate(count_samples(start, end)):
        points = [start[k] + (i + 0.5) / n * (end[k] - start[k]) for i in range(n)]
        gaps = [min(o.distance(shapely.Point(p)) for o in others) for p in points]
        low = sum(g <= distance - 1e-9 for g in gaps)
        high = sum(g <= distance + 1e-9 for g in gaps)
        assert low <= got[k] <= high


def test_defects_show_in_the_figures():
    cells = np.array([box(0, 0, 60, 100), box(50, 0, 90, 100), box(210, 0, 220, 100)])
    figures = score(cells, np.array([box(0, 0, 100, 100), box(100, 0, 200, 100)])).figures
    assert figures["gap_area"] == pytest.approx(11_000)
    assert figures["overlap_area"] == pytest.approx(1_000)
    assert figures["homeless_cells"] == 1
    assert figures["coverage_valid"] is False
    assert figures["on_feature_ratio"] is None


def test_a_target_of_its_own_for_every_community():
    cells = np.array([box(0, 0, 100, 100), box(100, 0, 300, 200)])
    card = score(cells, cells, target=np.array([10_000.0, 40_000.0]))
    assert list(card.deviation) == [0, 0]
    assert card.figures["share_within_25pct"] == 1.0


def test_load_balance():
    even = balance_figures(np.array([5.0, 5.0, 5.0, 5.0]))
    assert (even["load_cv"], even["load_max_to_mean"], even["load_gini"]) == (0, 1, 0)
    one = balance_figures(np.array([0.0, 0.0, 0.0, 8.0]))
    assert (one["load_max_to_mean"], one["load_gini"]) == (4, 0.75)
    assert balance_figures(np.zeros(3))["load_cv"] is None


def test_objects_weigh_on_the_cell_they_lie_in_and_only_once():
    cells = np.array([box(0, 0, 10, 10), box(10, 0, 20, 10)])
    objects = np.array(
        [shapely.Point(5, 5), shapely.Point(10, 5), box(14, 2, 18, 6), shapely.Point(99, 0)]
    )
    assert list(sum_load(cells, objects)) == [2, 1]
    assert list(sum_load(cells, objects, np.array([1, 2, 4, 8.0]))) == [3, 4]


def test_holes_in_the_numbering_and_figures_by_community(make_town):
    town = make_town(4, 2)
    codes = [
        f"{town.codes[c]}{s:03d}"
        for c, s in zip(town.community, (1, 2, 5, 6, 1, 2, 3, 3), strict=True)
    ]
    card = score(
        town.cells,
        town.communities,
        codes=codes,
        load=np.arange(8.0),
        community_codes=town.codes,
        community_names=["West", "East"],
    )
    assert card.figures["numbering_holes"] == 2
    assert card.figures["duplicate_codes"] == 1
    west, east = card.communities
    assert (west.code, west.name, west.cells, west.load) == (town.codes[0], "West", 4, 6.0)
    assert (west.numbering_holes, east.numbering_holes) == (2, 0)


def test_the_json_is_json(make_town):
    town = make_town(2, 2)
    card = score(town.cells, town.communities, codes=[None] * 4, community_codes=town.codes)
    figures = json.loads(json.dumps(card.to_json(), allow_nan=False))
    assert figures["cells"] == 4
    assert figures["area_cv"] == pytest.approx(0, abs=1e-9)
    assert figures["by_community"][0]["code"] == town.codes[0]


def test_polygon_barriers_count_by_their_outline():
    cells = np.array([box(0, 0, 50, 100), box(50, 0, 100, 100)])
    lake = np.array([box(50, -10, 150, 110)])
    figures = score(cells, np.array([box(0, 0, 100, 100)]), lake).figures
    assert figures["on_feature_ratio"] == 1.0


def test_no_cells_at_all_is_no_crash():
    figures = score(np.zeros(0, object), np.array([box(0, 0, 10, 10)])).figures
    assert figures["cells"] == 0
    assert figures["gap_area"] == 100
