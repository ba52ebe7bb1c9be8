"""Overlaps, gaps and ground outside add up, however the cells lie."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box
from wangge.plugin.rules.batch import make_batch
from wangge.plugin.rules.catalogue import rule
from wangge.plugin.rules.context import CheckContext, Override
from wangge.plugin.rules.engine import run_rules
from wangge.plugin.rules.references import Areas
from wangge.plugin.rules.rule import Subject
from wangge.plugin.standards.layers import layer

COMMUNITY = "510107001001"
WIDTH, HEIGHT = 400.0, 100.0


def check_cells(cells, *ids):
    areas = np.array([box(0, 0, WIDTH, HEIGHT)], dtype=object)
    strict = {i: Override(parameters={"tolerance": 0.0}) for i in ("G2", "G3", "G4")}
    context = CheckContext(
        layer("unit_grid"),
        overrides=strict,
        communities=Areas(areas, codes=np.array([COMMUNITY], dtype=object)),
    )
    codes = [f"{COMMUNITY}{i:03d}" for i in range(1, len(cells) + 1)]
    batch = make_batch({"grid_code": codes, "community_code": [COMMUNITY] * len(codes)}, cells)
    return list(run_rules(Subject.GRID, [batch], context, rules=[rule(i) for i in ids]))


@settings(max_examples=60)
@given(
    borders=st.lists(st.integers(1, 39), min_size=1, max_size=6, unique=True),
    moves=st.lists(st.sampled_from([0.0, 0.0, 0.0, -2.5, 2.5, 0.25]), min_size=14, max_size=14),
    vertical=st.booleans(),
)
def test_the_ground_of_a_community_is_accounted_for(borders, moves, vertical):
    edges = [0.0, *(10.0 * b for b in sorted(borders)), WIDTH]
    lefts = [e + m for e, m in zip(edges[:-1], moves[:7], strict=False)]
    rights = [e + m for e, m in zip(edges[1:], moves[7:], strict=False)]
    spans = [(a, b) for a, b in zip(lefts, rights, strict=True) if a < b]
    cells = [box(a, 0, b, HEIGHT) for a, b in spans]
    if vertical:  # one more vertex on a side must not change the ground
        cells[0] = shapely.segmentize(cells[0], 30.0)
    found = check_cells(cells, "G2", "G3", "G4")
    area = {i: sum(f.geometry.area for f in found if f.rule == i) for i in ("G2", "G3", "G4")}
    # The same, counted along the street.
    steps = np.arange(-10, WIDTH + 10, 0.25) + 0.125
    times = sum(((steps > a) & (steps < b)).astype(int) for a, b in spans)
    inside = (steps > 0) & (steps < WIDTH)
    pairs = times * (times - 1) / 2
    metre = 0.25 * HEIGHT
    assert area["G2"] == pytest.approx(metre * pairs.sum(), abs=1e-6)
    assert area["G3"] == pytest.approx(metre * (inside & (times == 0)).sum(), abs=1e-6)
    assert area["G4"] == pytest.approx(metre * times[~inside].sum(), abs=1e-6)


@settings(max_examples=20)
@given(seed=st.integers(0, 1000))
def test_an_exact_coverage_has_no_fault_at_all(seed):
    rng = np.random.default_rng(seed)
    corners = [shapely.Point(x, y) for x, y in rng.uniform(0, [WIDTH, HEIGHT], (30, 2)).tolist()]
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.MultiPoint(corners), extend_to=box(-9, -9, 409, 109))
    )
    cells = shapely.intersection(cells, box(0, 0, WIDTH, HEIGHT))
    assert check_cells(list(cells), "G2", "G9") == []
    without = check_cells(list(cells[1:]), "G3")
    assert sum(f.geometry.area for f in without) == pytest.approx(cells[0].area, abs=1e-6)
