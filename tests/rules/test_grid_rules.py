import numpy as np
import pytest
from shapely import LineString, Polygon, box
from wangge.plugin.rules.catalogue import all_rules
from wangge.plugin.rules.references import Lineage, Shapes
from wangge.plugin.rules.rule import Subject

LAYER, SUBJECT = "unit_grid", Subject.GRID
A, B = "510107001001", "510107001002"
CELLS = [f"{A}001", f"{A}002", f"{B}001", f"{B}002"]
BOXES = [box(1000 + 100 * i, 2000, 1100 + 100 * i, 2100) for i in range(4)]


def shapes(*geometries):
    result = np.empty(len(geometries), dtype=object)
    result[:] = geometries
    return Shapes(result)


def day(*texts):
    return np.array(texts, "datetime64[D]")


def ends(text):
    return {"end_date": day(text, "NaT", "NaT", "NaT")}


def cells(*geometries):
    """The town's cells, the first ones drawn otherwise."""
    return {"geometry": [*geometries, *BOXES[len(geometries) :]]}


def border(*vertices):
    """The first cell with more vertices on its border with the second one."""
    ring = [(1000, 2000), (1100, 2000), *vertices, (1100, 2100), (1000, 2100)]
    return cells(Polygon(ring))


def code(text):
    return {"0:grid_code": text}


HOUSE = {"buildings": shapes(box(1095, 2020, 1105, 2030))}
HOUSE_ON_COMMUNITY_BORDER = {"buildings": shapes(box(1195, 2020, 1205, 2030))}
NO_STREET = {"barriers": shapes(LineString([(0, 0), (1, 1)]))}

# rule, what breaks it, what just does not, and what else the context holds
CASES = [
    ("G1", cells(Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])), cells(box(0, 0, 1, 1)), {}),
    ("G2", cells(box(1000, 2000, 1100.001, 2100)), cells(box(1000, 2000, 1100.00009, 2100)), {}),
    ("G2", {"geometry": [BOXES[0], BOXES[0], *BOXES[2:]]}, {}, {}),
    ("G3", cells(box(1000, 2000, 1099.999, 2100)), cells(box(1000, 2000, 1099.99991, 2100)), {}),
    ("G4", cells(box(999.999, 2000, 1100, 2100)), cells(box(999.99991, 2000, 1100, 2100)), {}),
    ("G4", cells(box(0, 0, 100, 100)), {}, {}),
    ("G5", {}, cells(box(1000, 2000, 1105, 2100), box(1105, 2000, 1200, 2100)), HOUSE),
    (
        "G5b",
        {},
        cells(BOXES[0], box(1100, 2000, 1195, 2100), box(1195, 2000, 1300, 2100)),
        HOUSE_ON_COMMUNITY_BORDER,
    ),
    ("G6", cells(box(0, 0, 100, 150.01)), cells(box(0, 0, 100, 150)), {}),
    ("G6", cells(box(0, 0, 100, 49.99)), cells(box(0, 0, 100, 50)), {}),
    ("G7", cells(box(0, 0, 10, 145)), cells(box(0, 0, 10, 130)), {}),
    ("G8", cells(box(0, 0, 4.99, 1000)), cells(box(0, 0, 5.01, 1000)), {}),
    ("G9", border((1100, 2050)), {}, {}),
    ("G9", border((1100.0002, 2050)), border((1099, 2050)), {}),
    (
        "G9",
        border((1100, 2001), (1100.006, 2002), (1100, 2003)),
        cells(box(1000, 2000, 1099.9, 2100)),
        {},
    ),
    ("G10", code(CELLS[0][:14]), code(f"{A}009"), {}),
    ("G10", code(f"{A}０01"), {}, {}),
    ("G11", code(f"{B}003"), code(f"{A}003"), {}),
    ("G11", {"0:community_code": "510107001009"}, {}, {}),
    ("G11b", {"0:community_code": B}, {}, {}),
    ("G12", code(f"{A}000"), code(f"{A}999"), {}),
    ("G12", code(f"{A}02"), code(f"{A}03"), {}),
    ("G12b", code(f"{A}003"), {}, {}),
    ("G12b", code(f"{A}004"), code(f"{A}003"), {"retired_codes": {f"{A}001"}}),
    ("G13", {"grid_code": [CELLS[1], CELLS[0], *CELLS[2:]]}, {}, {}),
    ("G14", {"0:area_m2": 10050.01}, {"0:area_m2": 10050.0}, {}),
    ("G14", {"0:perimeter_m": 397.9}, {"0:perimeter_m": 398.0}, {}),
    ("G15", ends("2025-12-31"), ends("2026-01-01"), {}),
    ("G15", ends("2026-11-02"), ends("2026-11-01"), {}),
    ("G15b", code(CELLS[1]) | ends("2026-02-01"), code(f"{A}003") | ends("2026-02-01"), {}),
    ("G15b", {}, code(f"{A}003"), {"retired_codes": {CELLS[0]}}),
    ("G16", {}, {"community_code": [A, B, A, B]}, NO_STREET),
    ("G17", {"0:load": 37.51}, {"0:load": 37.5}, {}),
    ("G18", {"management_code": ["M1", "M2", "M2", "M3"]}, {}, {}),
    ("G18", cells(BOXES[0], box(1101, 2000, 1200, 2100)), {}, {}),
    ("G19", cells(box(1000, 2000, 1098.9, 2100)), cells(box(1000, 2000, 1099.1, 2100)), {}),
    ("G19", code(f"{A}003"), {}, {}),
]


IDS = [f"{case[0]}-{i}" for i, case in enumerate(CASES)]


@pytest.mark.parametrize(("rule_id", "broken", "fine", "given"), CASES, ids=IDS)
def test_a_rule_finds_what_breaks_it_and_nothing_else(holds, rule_id, broken, fine, given):
    holds(rule_id, LAYER, broken, fine, given)


def test_every_rule_has_a_case():
    assert {r.id for r in all_rules() if r.subject is SUBJECT} == {case[0] for case in CASES}


def test_a_building_that_is_allowed_may_be_cut(findings_of_rule, make_context):
    allowed = Shapes(HOUSE["buildings"].geometry, allowed=np.array([True]))
    context = make_context(LAYER, buildings=allowed)
    assert not findings_of_rule("G5", LAYER, {}, context)


def test_a_change_told_by_the_lineage_is_fine(findings_of_rule, make_context):
    lineage = Lineage(frozenset({CELLS[0]}), frozenset({f"{A}003"}))
    context = make_context(LAYER, lineage=lineage)
    assert not findings_of_rule("G19", LAYER, code(f"{A}003"), context)


def test_ground_that_a_neighbour_takes_is_no_gap(findings_of_rule, make_context):
    reaching = cells(BOXES[0], box(1100, 2000, 1190, 2100), box(1190, 2000, 1300, 2100))
    context = make_context(LAYER)
    assert not findings_of_rule("G3", LAYER, reaching, context)
    assert findings_of_rule("G4", LAYER, reaching, context)


def test_retired_cells_take_no_part_in_the_coverage(findings_of_rule, make_context):
    retired = {
        "geometry": [BOXES[0], box(1000, 2000, 1200, 2100), *BOXES[2:]],
        "end_date": day("NaT", "2026-02-01", "NaT", "NaT"),
    }
    context = make_context(LAYER)
    assert not findings_of_rule("G2", LAYER, retired, context)
    (gap,) = findings_of_rule("G3", LAYER, retired, context)
    assert gap.feature_key == A
    assert gap.geometry.equals(BOXES[1])


def test_an_overlap_shows_the_ground_both_claim(findings_of_rule, make_context):
    (found,) = findings_of_rule(
        "G2", LAYER, cells(box(1000, 2000, 1101, 2100)), make_context(LAYER)
    )
    assert (found.feature_key, found.value) == (CELLS[1], CELLS[0])
    assert found.geometry.equals(box(1100, 2000, 1101, 2100))
