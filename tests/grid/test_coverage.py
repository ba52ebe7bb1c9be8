import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box
from wangge.plugin.grid import coverage
from wangge.plugin.grid.coverage import DefectKind, check_coverage, is_seamless


def check(cells, communities, **options):
    return check_coverage(np.array(cells, dtype=object), np.array(communities), **options)


def kinds(report):
    return sorted(d.kind.value for d in report.defects)


@settings(max_examples=25)
@given(seed=st.integers(0, 10**6), skew=st.floats(0, 0.3))
def test_a_sound_town_is_clean(make_town, seed, skew):
    town = make_town(5, 4, per_community=2, skew=skew, seed=seed)
    report = check_coverage(town.cells, town.communities)
    assert report.is_clean
    assert list(report.community) == list(town.community)
    assert is_seamless(town.cells)


def test_a_cut_end_on_a_slanted_community_edge_is_no_defect():
    ring = np.array([(500000, 3400000), (500217, 3400031), (500190.3, 3400333), (500007, 3400301)])
    corner = ring[0] + (ring[1] - ring[0]) / 3
    far = ring[3] + (ring[2] - ring[3]) / 7
    cells = [
        shapely.polygons([ring[0], corner, far, ring[3]]),
        shapely.polygons([corner, ring[1], ring[2], far]),
    ]
    assert check(cells, [shapely.polygons(ring)]).is_clean


def test_a_missing_cell_is_a_gap_in_its_community(make_town):
    town = make_town(4, 4)
    report = check_coverage(town.cells[1:], town.communities)
    (gap,) = report.defects
    assert gap.kind is DefectKind.GAP
    assert gap.community == town.community[0]
    assert gap.geometry.equals(town.cells[0])
    assert gap.measure == pytest.approx(10_000)


def test_an_overlap_names_both_cells_and_shows_where():
    report = check([box(0, 0, 60, 100), box(50, 0, 100, 100)], [box(0, 0, 100, 100)])
    (overlap,) = report.of(DefectKind.OVERLAP)
    assert overlap.cells == (0, 1)
    assert overlap.geometry.equals(box(50, 0, 60, 100))


def test_a_cell_within_another_and_twins_overlap():
    town = [box(0, 0, 100, 100)]
    assert kinds(check([box(0, 0, 100, 100), box(40, 40, 60, 60)], town)) == ["overlap"]
    assert kinds(check([box(0, 0, 100, 100)] * 2, town)) == ["overlap"]


def test_overlaps_are_found_where_every_edge_has_its_twin():
    """Two whole coverages of one ground: the inner cells have nothing but matched edges."""
    fine = [box(x, y, x + 20, y + 20) for x in range(0, 100, 20) for y in range(0, 100, 20)]
    coarse = [box(x, y, x + 25, y + 25) for x in range(0, 100, 25) for y in range(0, 100, 25)]
    cells = np.array(fine + coarse)
    report = check(cells, [box(0, 0, 100, 100)])
    expected = {
        (i, j)
        for i in range(len(cells))
        for j in range(i + 1, len(cells))
        if cells[i].intersection(cells[j]).area > 0
    }
    assert {d.cells for d in report.of(DefectKind.OVERLAP)} == expected


def test_a_cell_across_a_community_edge_and_one_beyond_all():
    report = check(
        [box(0, 0, 110, 100), box(110, 0, 205, 100)], [box(0, 0, 100, 100), box(100, 0, 200, 100)]
    )
    crossing, outside = report.defects
    assert (crossing.kind, crossing.cells, crossing.community) == (DefectKind.CROSSING, (0,), 1)
    assert crossing.geometry.equals(box(100, 0, 110, 100))
    assert (outside.kind, outside.cells) == (DefectKind.OUTSIDE, (1,))
    assert outside.geometry.equals(box(200, 0, 205, 100))


def test_a_vertex_only_one_neighbour_has_is_an_unmatched_border():
    bent = shapely.polygons([(100, 0), (200, 0), (200, 100), (100, 100), (100, 50)])
    report = check([box(0, 0, 100, 100), bent], [box(0, 0, 200, 100)])
    (border,) = report.defects
    assert (border.kind, border.cells) == (DefectKind.UNMATCHED, (0, 1))
    assert border.measure == pytest.approx(100)
    assert not is_seamless(np.array([box(0, 0, 100, 100), bent]))


def test_borders_near_each_other_count_as_one_only_within_the_edge_tolerance():
    cells = [box(0, 0, 100, 100), box(100.02, 0, 200, 100)]
    town = [box(0, 0, 200, 100)]
    assert kinds(check(cells, town)) == ["gap"]
    assert kinds(check(cells, town, tolerance=0.05)) == []
    assert kinds(check(cells, town, tolerance=0.05, edge_tolerance=0.05)) == ["unmatched"]
    assert kinds(check(cells, town, tolerance=0.01, edge_tolerance=0.01)) == ["gap"]


def test_zero_tolerance_sees_a_tenth_of_a_millimetre():
    cells = [box(0, 0, 100, 100), box(100.0001, 0, 200, 100)]
    assert kinds(check(cells, [box(0, 0, 200, 100)])) == ["gap"]


def test_invalid_multipart_and_missing_shapes_are_told():
    bow = shapely.Polygon([(0, 0), (100, 100), (100, 0), (0, 100)])
    twin = shapely.multipolygons([box(200, 0, 240, 100), box(260, 0, 300, 100)])
    report = check([bow, twin, None, shapely.Polygon()], [box(0, 0, 300, 100)])
    assert report.of(DefectKind.INVALID)[0].cells == (0,)
    assert "elf-intersection" in report.of(DefectKind.INVALID)[0].detail
    assert report.of(DefectKind.MULTIPART)[0].cells == (1,)
    assert [d.cells for d in report.of(DefectKind.EMPTY)] == [(2,), (3,)]


def test_a_cell_of_the_wrong_community_crosses():
    town = [box(0, 0, 100, 100), box(100, 0, 200, 100)]
    report = check(town, town, community=np.array([1, 1]))
    assert [(d.kind, d.cells, d.community) for d in report.defects] == [
        (DefectKind.CROSSING, (0,), 0)
    ]


def test_seamlessness_is_the_same_with_an_older_library(make_town, monkeypatch):
    town = make_town(4, 4, skew=0.2)
    moved = town.cells.copy()
    moved[5] = shapely.transform(moved[5], lambda c: c + 0.001)
    answers = [is_seamless(town.cells), is_seamless(moved)]
    monkeypatch.setattr(coverage.shapely, "geos_version", (3, 11, 0))
    assert [is_seamless(town.cells), is_seamless(moved)] == answers == [True, False]


@settings(max_examples=25)
@given(seed=st.integers(0, 10**6), victim=st.integers(0, 15), shift=st.floats(0.001, 40))
def test_a_moved_cell_is_always_noticed(make_town, seed, victim, shift):
    town = make_town(4, 4, skew=0.2, seed=seed)
    cells = town.cells.copy()
    cells[victim] = shapely.transform(cells[victim], lambda c: c + np.array([shift, 0]))
    report = check_coverage(cells, town.communities, town.community)
    assert any(
        victim in d.cells
        for d in report.of(DefectKind.OVERLAP, DefectKind.CROSSING, DefectKind.OUTSIDE)
    )
    gap = sum(d.measure for d in report.of(DefectKind.GAP))
    hole = shapely.union_all(town.communities).difference(shapely.union_all(cells)).area
    assert gap == pytest.approx(hole, abs=1e-3)
