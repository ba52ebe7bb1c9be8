"""Cases: tables of other systems come in row by row, and are counted by area."""

from datetime import datetime

import numpy as np
import pytest
import shapely
from exchange_rows import make_cases, make_communities, rows_of, texts
from hypothesis import given, settings
from hypothesis import strategies as st
from wangge.plugin.database.cases.intake import import_cases
from wangge.plugin.database.cases.report import Areas, case_rates
from wangge.plugin.database.cases.stages import STAGES, rates, stages
from wangge.plugin.database.cases.words import WORDS
from wangge.plugin.database.deliveries.placing import Cells, read_coordinates
from wangge.plugin.database.deliveries.table import read_table, rows_of_batch
from wangge.plugin.errors import WanggeError
from wangge.plugin.rules.batch import Batch
from wangge.plugin.standards.layers import LAYERS
from wangge.plugin.standards.profiles import load_profile

CASE = LAYERS["case"]
PROFILE = load_profile()
GRID = "500112001002001"
CELLS = Cells(
    texts(GRID, "500112001002002"),
    np.array([shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10)], object),
)
HEADING = ["任务号", "问题类型", "小类名称", "案件来源", "案件状态", "上报时间", "单元网格编码"]


def taken(*rows, heading=HEADING, **options):
    table = read_table([["2026年7月案件台账"], heading, *rows], CASE, words=WORDS)
    return import_cases(table, PROFILE, **options)


def test_a_department_s_sheet_comes_in():
    made = taken(
        ["A1", "事件", "暴露垃圾", "采集员上报", "已结案", "2026/7/1 08:30", GRID],
        ["A2", "部件", "供水井盖", "12345", "派单", datetime(2026, 7, 2, 9), GRID],
        cells=CELLS,
    )
    assert len(made.rejected) == 0
    assert rows_of(made.cases, "case_code", "case_type", "class_code", "source", "state") == [
        ("A1", "matter", made.cases.fields["class_code"][0], "supervisor", "closed"),
        ("A2", "component", "01001", "hotline", "dispatched"),
    ]
    assert rows_of(made.cases, "reported_at") == [
        ("2026-07-01T08:30:00.000",),
        ("2026-07-02T09:00:00.000",),
    ]
    assert made.placed.by_cell == 2
    assert shapely.within(made.cases.geometry, CELLS.shapes[0]).all()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ([None, "事件", "", "", "结案", "2026-07-01", GRID], "no code"),
        (["A1", "事件", "", "", "结案", "2026-07-01", GRID], "earlier row has the code A1"),
        (["B", "事件", "", "", "在路上", "2026-07-01", GRID], "“在路上” is none of"),
        (["B", "事件", "", "", "结案", "昨天", GRID], "“昨天” is no datetime"),
        (["B", "事件", "", "", "结案", "", GRID], "not said when it was reported"),
    ],
)
def test_a_wrong_row_is_refused_with_its_reason(row, reason):
    made = taken(["A1", "事件", "", "", "结案", "2026-07-01", GRID], row)
    assert made.cases.fields["case_code"].tolist() == ["A1"]
    assert made.rejected.fields["row"].tolist() == [4]
    assert reason in made.rejected.fields["reason"][0]


def test_codes_that_a_spreadsheet_made_numbers_of_get_their_zeros_back():
    heading = ["案件编号", "小类代码", "状态", "上报时间"]
    made = taken(["A1", 6001, "结案", "2026-07-01"], heading=heading)
    assert rows_of(made.cases, "class_code") == [("06001",)]
    made = taken(["A1", "6001", "结案", "2026-07-01"], heading=heading)
    assert rows_of(made.cases, "class_code") == [("6001",)]


def test_times_of_other_zones_are_told_in_china_s():
    heading = ["案件编号", "状态", "上报时间"]
    made = taken(
        ["A", "结案", "2026-07-01T00:30:00+00:00"],
        ["B", "结案", "2026-07-01 08:30:00+0800"],
        ["C", "结案", "2026-07-01T08:30:00Z"],
        ["D", "结案", "20260701083000"],
        heading=heading,
    )
    assert rows_of(made.cases, "reported_at") == [("2026-07-01T08:30:00.000",)] * 4


def test_the_state_follows_from_the_times():
    heading = ["案件编号", "上报时间", "立案时间", "处置时间", "结案时间"]
    made = taken(
        ["A", "2026-07-01", None, None, None],
        ["B", "2026-07-01", "2026-07-01", "2026-07-02", None],
        ["C", "2026-07-01", "2026-07-01", "2026-07-02", "2026-07-03"],
        heading=heading,
    )
    assert made.cases.fields["state"].tolist() == ["reported", "handled", "closed"]
    assert made.placed.nowhere == 3


def test_coordinates_go_before_the_cell_that_is_named():
    points = np.array([shapely.Point(15, 5), None, shapely.Point(99, 99)], object)
    made = taken(
        ["A", "", "", "", "结案", "2026-07-01", GRID],
        ["B", "", "", "", "结案", "2026-07-01", GRID],
        ["C", "", "", "", "结案", "2026-07-01", None],
        points=points,
        cells=CELLS,
    )
    assert made.cases.fields["grid_code"].tolist() == ["500112001002002", GRID, None]
    placed = made.placed
    assert (placed.by_coordinates, placed.by_cell, placed.nowhere) == (2, 1, 0)
    assert (placed.other_cell, placed.outside) == (1, 1)


def test_a_table_without_heading_is_refused():
    with pytest.raises(WanggeError, match="no heading"):
        read_table([["a", "b"], [1, 2]], CASE, words=WORDS)


def test_a_field_map_goes_before_recognised_headings():
    rows = [["案件编号", "编码", "状态"], ["x", "y", "结案"]]
    table = read_table(
        rows, CASE, words=WORDS, field_map={"编码": "case_code", "案件编号": "description"}
    )
    assert table.columns["case_code"].tolist() == ["y"]


@pytest.mark.parametrize(
    ("x", "y", "east", "north", "degrees"),
    [
        ("106.55", "29.56", 106.55, 29.56, True),
        ("29.56", "106.55", 106.55, 29.56, True),
        ("456789.1", "3270000.5", 456789.1, 3270000.5, False),
        ("3270000.5", "456789.1", 456789.1, 3270000.5, False),
        ("3270000.5", "36456789.1", 36456789.1, 3270000.5, False),
    ],
)
def test_coordinates_in_any_order_and_unit(x, y, east, north, degrees):
    found = read_coordinates(texts(x), texts(y))
    assert (found.x[0], found.y[0], bool(found.geographic[0])) == (east, north, degrees)


@pytest.mark.parametrize("pair", [("0", "0"), (None, "29"), ("无", "29"), ("nan", "1")])
def test_what_is_no_place_is_none(pair):
    assert np.isnan(read_coordinates(texts(pair[0]), texts(pair[1])).x[0])


def test_a_layer_comes_in_as_it_is():
    cases = make_cases((GRID, "closed", "public", None, "06001"))
    table = read_table(rows_of_batch(cases), CASE, words=WORDS)
    made = import_cases(table, PROFILE, points=cases.geometry)
    assert rows_of(made.cases, *cases.fields) == rows_of(cases, *cases.fields)


# -- rates -------------------------------------------------------------------------------------


def communities():
    batch = make_communities("500112001002", "500112001003", "500112002001")
    names = {"500112001": "街道001", "500112001002": "社区002"}
    return Areas(batch.fields["community_code"], batch.geometry, names)


def test_rates_are_counted_and_ranked():
    cases = make_cases(
        (GRID, "closed", "public", None, "06001"),
        (GRID, "handled", "public", None, "06001"),
        ("500112001003001", "closed", "public", None, "06001"),
        ("500112001003001", "rejected", "public", None, "06001"),
        (None, "closed", "public", None, "06001"),
    )
    cases = Batch(cases.fields, None, cases.ids, cases.crs)
    rows, left_out = case_rates(cases, "community", areas=communities())
    assert left_out == 1
    assert rows_of(rows, "area_code", "reported_count", "opened_count", "rank") == [
        ("500112001002", 2, 2, 2),
        ("500112001003", 2, 1, 1),
        ("500112002001", 0, 0, None),
    ]
    assert rows_of(rows, "opened_rate", "handled_rate", "closed_rate")[:2] == [
        (1.0, 1.0, 0.5),
        (0.5, 1.0, 1.0),
    ]
    streets, _ = case_rates(cases, "street", areas=communities())
    assert rows_of(streets, "area_code", "area_name", "reported_count") == [
        ("500112001", "街道001", 4),
        ("500112002", None, 0),
    ]
    assert shapely.area(streets.geometry).tolist() == [2.0, 1.0]
    (city,) = rows_of(case_rates(cases, "city")[0], "area_code", "closed_count")
    assert city == ("500100", 2)


def test_a_case_without_code_counts_where_it_lies():
    cases = make_cases((None, "closed", "public", None, "06001"))
    rows, left_out = case_rates(cases, "community", areas=communities())
    assert (left_out, rows_of(rows, "reported_count")[0]) == (0, (1,))


def test_days_bound_the_report():
    cases = make_cases(*[(GRID, "closed", "public", None, "06001")] * 5)
    day = np.datetime64("2026-01-02")
    rows, _ = case_rates(cases, "grid", since=day, until=day + 2)
    assert rows_of(rows, "area_code", "reported_count") == [(GRID, 3)]


def test_the_time_to_close_is_a_mean():
    cases = make_cases(*[(GRID, "closed", "public", None, "06001")] * 3)
    hours = np.array([2, 4, "NaT"], "m8[h]")
    cases = cases.with_fields(closed_at=cases.fields["reported_at"] + hours)
    assert rows_of(case_rates(cases, "grid")[0], "mean_hours") == [(3.0,)]


def test_an_unknown_level_is_refused():
    with pytest.raises(WanggeError, match="no level"):
        case_rates(make_cases(), "province")


_STATES = st.sampled_from(
    ["reported", "opened", "dispatched", "handled", "closed", "rejected", "立案", "", None, "??"]
)
_GRIDS = st.sampled_from([GRID, "500112001003001", "500112002001001", "500103001001001", None, "9"])


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(_GRIDS, _STATES), max_size=12))
def test_every_level_counts_the_same_cases(rows):
    cases = make_cases(*((grid, state, "public", None, "06001") for grid, state in rows))
    placed = sum(1 for grid, _ in rows if grid and len(grid) == 15)
    totals = []
    for level in ("grid", "community", "street", "district", "city"):
        table, left_out = case_rates(cases, level)
        totals.append([int(table.fields[f"{s}_count"].sum()) for s in STAGES])
        assert left_out == len(rows) - placed
    assert all(t == totals[0] for t in totals)
    assert totals[0][0] == placed


@settings(max_examples=60, deadline=None)
@given(states=st.lists(_STATES, max_size=12))
def test_later_stages_are_never_more_than_earlier_ones(states):
    reached = stages(make_cases(*((GRID, s, "public", None, "06001") for s in states)))
    found, opened, handled, closed, rejected = reached.sum(axis=0)
    assert found == len(states)
    assert found >= opened + rejected
    assert opened >= handled >= closed
    shares = rates(reached.sum(axis=0)[None])[0]
    assert all(np.isnan(s) or 0 <= s <= 1 for s in shares)


_CELLS = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.integers(-(10**6), 10**20),
    st.floats(),
    st.datetimes(),
    st.dates(),
    st.booleans(),
    st.sampled_from(["结案", "2026-07-01", "06001", GRID, "A1", "暴露垃圾", "部件", "106.5"]),
)


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(st.lists(_CELLS, max_size=len(HEADING) + 3), max_size=8),
    heading=st.permutations([*HEADING, "经度", "纬度"]),
)
def test_whatever_stands_in_a_table_every_row_is_taken_or_refused(rows, heading):
    table = read_table([heading, *rows], CASE, words=WORDS)
    found = read_coordinates(table.columns["x"], table.columns["y"])
    points = np.full(len(table.rows), None, object)
    there = ~np.isnan(found.x)
    points[there] = shapely.points(found.x[there], found.y[there])
    made = import_cases(table, PROFILE, points=points, cells=CELLS)
    assert len(made.cases) + len(made.rejected) == len(table.rows)
    assert all(made.rejected.fields["reason"])
    codes = made.cases.fields["case_code"].tolist()
    assert len(set(codes)) == len(codes)
    assert not np.isnat(made.cases.fields["reported_at"]).any()
