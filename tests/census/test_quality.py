import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from wangge.plugin.census.matching import match
from wangge.plugin.census.progress_report import report_progress
from wangge.plugin.census.quality import Limits, score_lots
from wangge.plugin.census.sampling import draw_cells, draw_components, sample_size
from wangge.plugin.errors import WanggeError
from wangge.plugin.rules.batch import make_batch

STREETS = ("500112001", "500112002")


def make_grids(n=300):
    codes = [f"{STREETS[i % 2]}{i // 900 + 1:03d}{i // 2 % 999 + 1:03d}" for i in range(n)]
    cells = [shapely.box(i * 100, 0, i * 100 + 100, 100) for i in range(n)]
    return make_batch({"grid_code": codes}, cells, crs="EPSG:4547")


def make_components(grids, each=5):
    codes = [c for c in grids.fields["grid_code"] for _ in range(each)]
    n = len(codes)
    return make_batch(
        {
            "uuid": [f"u{i:05d}" for i in range(n)],
            "grid_code": codes,
            "class_code": [("01001", "01002", "02001")[i % 3] for i in range(n)],
            "status": ["完好"] * n,
            "accuracy": ["A"] * n,
        },
        [shapely.Point(i // each * 100 + i % each * 18 + 5, 50) for i in range(n)],
        crs="EPSG:4547",
    )


def make_survey(rows):
    """Rows: (x, class, status)."""
    return make_batch(
        {
            "class_code": [r[1] for r in rows],
            "status": [r[2] for r in rows],
            "lot": ["L"] * len(rows),
        },
        [shapely.Point(r[0], 0) for r in rows],
    )


@pytest.mark.parametrize(("units", "size"), [(0, 0), (2, 2), (20, 3), (21, 5), (200, 15)])
def test_sample_sizes_follow_the_table(units, size):
    assert sample_size(units) == size


def test_a_lot_beyond_the_table_is_refused():
    with pytest.raises(WanggeError, match="201"):
        sample_size(201)


def test_cells_are_drawn_lot_by_lot_within_streets():
    grids = make_grids(500)
    sample = draw_cells(make_components(grids), grids, seed=4)
    assert [lot.name for lot in sample.lots] == [
        f"{street}-{i:02d}" for street in STREETS for i in (1, 2)
    ]
    assert [lot.cells for lot in sample.lots] == [125] * 4
    assert all(lot.sampled_cells == 12 for lot in sample.lots)
    assert len(sample.cells) == 48
    assert len(sample.components) == 240
    assert set(sample.components.fields["grid_code"]) == set(sample.cells.fields["grid_code"])


def test_the_same_seed_draws_the_same_whatever_the_order():
    grids = make_grids()
    components = make_components(grids)
    shuffle = np.random.default_rng(1).permutation(len(grids))
    one = draw_cells(components, grids, seed=7)
    two = draw_cells(components.take(np.arange(len(components))[::-1]), grids.take(shuffle), seed=7)
    other = draw_cells(components, grids, seed=8)
    assert set(one.cells.fields["grid_code"]) == set(two.cells.fields["grid_code"])
    assert set(one.cells.fields["grid_code"]) != set(other.cells.fields["grid_code"])


def test_busy_cells_are_drawn_more_often():
    grids = make_grids(40)
    codes = grids.fields["grid_code"]
    busy = make_batch({"grid_code": [codes[0]] * 1000})
    drawn = sum(
        codes[0] in draw_cells(busy, grids, seed=s).cells.fields["grid_code"] for s in range(50)
    )
    assert drawn > 45


@given(
    st.lists(st.sampled_from(["01001", "01002", "02001", "03001"]), min_size=1, max_size=60),
    st.integers(1, 70),
    st.integers(0, 5),
)
def test_single_components_are_drawn_in_the_wanted_number_from_all_strata(classes, size, seed):
    components = make_batch({"class_code": classes, "uuid": [str(i) for i in range(len(classes))]})
    drawn = draw_components(components, size, by=["class_code"], seed=seed)
    assert len(drawn) == min(size, len(classes))
    assert len(set(drawn.ids)) == len(drawn)
    if size >= len(set(classes)):
        assert set(drawn.fields["class_code"]) == set(classes)


def test_surveys_are_matched_one_to_one_by_place_and_class():
    sample = make_survey([(0, "01001", "完好"), (1, "01002", "完好"), (50, "01001", "完好")])
    checked = make_survey([(0.9, "01001", "完好"), (0.2, "01002", "完好"), (90, "01001", "完好")])
    pairs = match(sample, checked, reach=5)
    assert sorted(zip(pairs.sample, pairs.checked, strict=True)) == [(0, 0), (1, 1)]
    assert list(pairs.surplus) == [2]
    assert list(pairs.missed) == [2]


def test_the_best_matching_wins_over_the_greedy_one():
    sample = make_survey([(0, "01001", "完好"), (4, "01001", "完好")])
    checked = make_survey([(3, "01001", "完好"), (7, "01001", "完好")])
    pairs = match(sample, checked, reach=5)
    assert sorted(zip(pairs.sample, pairs.checked, strict=True)) == [(0, 0), (1, 1)]


def test_all_kinds_of_error_are_counted():
    sample = make_survey([(i * 100, "01001", "完好") for i in range(8)] + [(5000, "01001", "完好")])
    checked = make_survey(
        [
            (0, "01001", "完好"),
            (100, "01002", "完好"),
            (200, "01001", "破损"),
            (303, "01001", "完好"),
            *[(i * 100 + 0.3, "01001", "完好") for i in range(4, 8)],
            (9000, "01001", "完好"),
            (9100, "01001", "完好"),
        ]
    )
    sample = sample.with_fields(accuracy=np.array(["A"] * 9, dtype=object))
    (lot,) = score_lots(sample, checked)
    assert (lot.sampled, lot.checked, lot.matched) == (9, 10, 8)
    assert lot.omission == pytest.approx(0.2)
    assert lot.commission == pytest.approx(1 / 9)
    assert lot.class_error == pytest.approx(1 / 8)
    assert lot.attribute_error == pytest.approx(1 / 8)
    assert lot.position_error == pytest.approx(1 / 8)
    assert lot.rmse["A"] == pytest.approx(np.sqrt((9 + 4 * 0.09) / 8))
    assert not lot.accepted
    assert len(lot.failures) == 5
    assert "20.0 % omitted" in lot.failures[0]


def test_a_lot_without_error_has_full_marks_and_one_at_its_limits_sixty():
    rows = [(i * 100, "01001", "完好") for i in range(100)]
    (lot,) = score_lots(make_survey(rows), make_survey(rows))
    assert (lot.score, lot.accepted) == (100.0, True)
    checked = make_survey([*rows[:90], *[(x, c, "破损") for x, c, _ in rows[90:]]])
    limits = Limits(
        attribute_error=0.1,
        weights={
            "attribute_error": 1.0,
            "omission": 0.0,
            "commission": 0.0,
            "class_error": 0.0,
            "position_error": 0.0,
        },
    )
    (lot,) = score_lots(make_survey(rows), checked, limits=limits)
    assert lot.score == pytest.approx(60)
    assert lot.accepted
    (lot,) = score_lots(make_survey(rows), checked)
    assert not lot.accepted


def test_omissions_in_an_empty_cell_count_for_its_lot():
    sample = make_survey([(0, "01001", "完好")])
    checked = make_survey([(0, "01001", "完好"), (500, "01001", "完好")])
    checked = checked.with_fields(lot=np.array(["L", "M"], dtype=object))
    scores = {s.lot: s for s in score_lots(sample, checked)}
    assert scores["M"].omission == 1.0
    assert not scores["M"].accepted
    assert scores["L"].accepted


def test_progress_counts_reconcile_in_every_table():
    grids = make_grids(4)
    components = make_components(grids, each=3)
    days = np.array(["2026-07-01"] * 6 + ["2026-07-02"] * 5 + ["NaT"], dtype="datetime64[ms]")
    codes = components.fields["grid_code"].copy()
    codes[0] = None
    components = components.with_fields(surveyed_at=days, grid_code=codes)
    names = list(grids.fields["grid_code"])
    report = report_progress(
        components, grids, teams={names[0]: "一队", names[1]: "二队"}, expected={names[0]: 4}
    )
    assert (report.total, report.outside) == (12, 1)
    assert list(report.by_cell.fields["surveyed"]) == [2, 3, 3, 3]
    assert report.by_cell.fields["share"][0] == 0.5
    assert np.isnan(report.by_cell.fields["share"][1])
    assert report.by_cell.fields["last_day"][0] == np.datetime64("2026-07-01")
    for table in (report.by_community, report.by_class, report.by_team):
        assert table.fields["surveyed"].sum() == 12
    assert list(report.by_day.fields["surveyed"]) == [6, 5]
    assert list(report.by_day.fields["total"]) == [6, 11]
    teams = dict(zip(report.by_team.fields["team"], report.by_team.fields["surveyed"], strict=True))
    assert teams == {None: 7, "一队": 2, "二队": 3}


def test_progress_of_an_empty_census():
    grids = make_grids(3)
    report = report_progress(make_components(grids).take(np.array([], int)), grids)
    assert report.total == 0
    assert list(report.by_cell.fields["surveyed"]) == [0, 0, 0]
    assert len(report.by_day) == 0
    assert list(report.by_community.fields["cells_begun"]) == [0, 0]
