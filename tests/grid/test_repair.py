import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box
from wangge.plugin.errors import Cancelled
from wangge.plugin.grid.coverage import DefectKind, check_coverage
from wangge.plugin.grid.repair import repair_coverage
from wangge.plugin.progress import Silent


def repair(cells, communities, **options):
    return repair_coverage(np.array(cells, dtype=object), np.array(communities), **options)


def ring(*points):
    return shapely.Polygon(points)


def test_a_sound_coverage_comes_back_as_it_is(make_town):
    town = make_town(4, 4, skew=0.2)
    result = repair(town.cells, town.communities)
    assert all(a is b for a, b in zip(result.cells, town.cells, strict=True))
    assert not result.changes


def test_a_narrow_gap_goes_to_the_neighbour_with_the_longest_border():
    cells = [box(0, 0, 100, 50), box(0, 50.5, 30, 100), box(30, 50.5, 100, 100)]
    result = repair(cells, [box(0, 0, 100, 100)])
    assert result.after.is_clean
    assert result.cells[0].area == pytest.approx(5050)
    assert [(c.cell, c.reasons) for c in result.changes] == [(0, (DefectKind.GAP,))]
    assert result.cells[1] is cells[1] or result.cells[1].equals(cells[1])


def test_a_gap_wider_than_allowed_stays_and_is_told():
    cells = [box(0, 0, 100, 40), box(0, 60, 100, 100)]
    result = repair(cells, [box(0, 0, 100, 100)], max_gap_width=5.0)
    assert [d.kind for d in result.after.defects] == [DefectKind.GAP]
    assert not result.changes
    filled = repair(cells, [box(0, 0, 100, 100)], max_gap_width=25.0)
    assert filled.after.is_clean


def test_a_gap_is_never_given_across_a_community_edge():
    communities = [box(0, 0, 100, 100), box(100, 0, 200, 100)]
    cells = [box(0, 0, 100, 100), box(100.8, 0, 200, 100)]
    result = repair(cells, communities)
    assert result.cells[0] is cells[0]
    assert result.cells[1].equals(communities[1])


def test_the_smaller_cell_keeps_an_overlap_and_none_is_swallowed():
    cells = [box(0, 0, 100, 100), box(40, 40, 60, 60)]
    result = repair(cells, [box(0, 0, 100, 100)])
    assert result.cells[1] is cells[1]
    assert result.cells[0].area == pytest.approx(9600)
    assert result.after.is_clean


def test_of_twins_the_first_stays_and_the_loss_is_told():
    result = repair([box(0, 0, 100, 100)] * 2, [box(0, 0, 100, 100)])
    assert result.lost == (1,)
    assert result.cells[1] is None
    assert result.changes[0].reasons == (DefectKind.OVERLAP,)


def test_what_lies_beyond_the_community_is_cut_off_exactly():
    communities = [box(0, 0, 100, 100), box(100, 0, 200, 100)]
    result = repair([box(-3, 0, 104, 100), box(104, 0, 200, 100)], communities, max_gap_width=5)
    assert result.after.is_clean
    assert [c.equals(k) for c, k in zip(result.cells, communities, strict=True)] == [True, True]


def test_ground_in_another_community_goes_to_a_cell_there_however_wide():
    communities = [box(0, 0, 100, 100), box(100, 0, 200, 100)]
    result = repair([box(0, 0, 150, 100), box(150, 0, 200, 100)], communities)
    assert result.after.is_clean
    assert shapely.equals(result.cells, communities).all()


def test_a_cell_keeps_foreign_ground_where_nobody_else_could_take_it():
    communities = [box(0, 0, 100, 100), box(100, 0, 200, 100)]
    result = repair([box(0, 0, 150, 100)], communities)
    assert {d.kind for d in result.after.defects} == {DefectKind.CROSSING, DefectKind.GAP}
    assert result.cells[0].area == pytest.approx(15_000)


def test_missing_vertices_are_added_to_the_neighbour():
    cells = [box(0, 0, 100, 100), box(100, 0, 200, 60), box(100, 60, 200, 100)]
    result = repair(cells, [box(0, 0, 200, 100)])
    assert (100, 60) in result.cells[0].exterior.coords
    assert [(c.cell, c.reasons) for c in result.changes] == [(0, (DefectKind.UNMATCHED,))]
    assert result.after.is_clean


def test_the_neighbour_across_the_community_edge_gets_the_vertex_too():
    communities = [box(0, 0, 100, 100), box(100, 0, 200, 100)]
    cells = [box(0, 0, 100, 100), box(100, 0, 200, 60), box(100, 60, 200, 100)]
    assert repair(cells, communities).after.is_clean


def test_borders_nearly_the_same_become_the_same():
    left = ring((0, 0), (100.004, 0), (100.003, 51), (99.998, 100), (0, 100))
    right = ring((100, 0), (200, 0), (200, 100), (100.005, 100), (99.997, 30))
    result = repair([left, right], [box(0, 0, 200, 100)], snap_tolerance=0.02)
    assert result.after.is_clean
    assert shapely.area(result.cells) == pytest.approx([10_000, 10_000], abs=2)


def test_a_crossed_ring_and_scattered_parts_are_put_right():
    bow = ring((0, 0), (100, 0), (100, 100), (0, 100), (0, 60), (-2, 50), (2, 50), (0, 40))
    parts = shapely.MultiPolygon([box(100, 0, 200, 80), box(100, 90, 150, 100)])
    rest = shapely.Polygon([(100, 80), (200, 80), (200, 100), (150, 100), (150, 90), (100, 90)])
    result = repair([bow, parts, rest], [box(0, 0, 200, 100)], max_gap_width=5)
    assert result.after.is_clean
    assert [c.geom_type for c in result.cells] == ["Polygon"] * 3
    # The part had the longest border with the cell that surrounds it.
    assert result.cells[1].area == pytest.approx(8000)
    assert result.cells[2].area == pytest.approx(2000)


def test_a_sliver_joins_its_longest_neighbour_only_when_asked():
    cells = [box(0, 0, 50, 100), box(50, 0, 50.4, 100), box(50.4, 0, 100, 100)]
    town = [box(0, 0, 100, 100)]
    assert not repair(cells, town).changes
    result = repair(cells, town, min_width=1.0)
    assert result.lost == (1,)
    assert {c.cell: c.taken_by for c in result.changes} == {0: -1, 1: 0}
    assert result.cells[0].equals(box(0, 0, 50.4, 100))


def test_a_cell_beyond_all_communities_is_left_and_told():
    result = repair([box(0, 0, 100, 100), box(300, 0, 400, 100)], [box(0, 0, 100, 100)])
    assert [(d.kind, d.cells) for d in result.after.defects] == [(DefectKind.OUTSIDE, (1,))]


def test_missing_shapes_pass_through():
    result = repair([box(0, 0, 100, 100), None, shapely.Polygon()], [box(0, 0, 100, 100)])
    assert [d.kind for d in result.after.defects] == [DefectKind.EMPTY] * 2
    assert not result.changes


def test_cancelling_stops(make_town):
    class Impatient(Silent):
        def is_cancelled(self):
            return True

    town = make_town()
    with pytest.raises(Cancelled):
        repair_coverage(town.cells, town.communities, progress=Impatient())


def damage(cells, random, how):
    """Spoil one cell in a way that lies within reach of a repair of one metre."""
    k = int(random.integers(len(cells)))
    points = shapely.get_coordinates(cells[k])[:-1]
    if how == "shift":
        cells[k] = shapely.transform(cells[k], lambda c: c + random.uniform(-0.4, 0.4, 2))
    elif how == "extra vertex":
        at = int(random.integers(len(points)))
        middle = points[at] + (points[(at + 1) % len(points)] - points[at]) * random.uniform(
            0.2, 0.8
        )
        cells[k] = shapely.Polygon(np.insert(points, at + 1, middle, axis=0))
    elif how == "dent":
        at = int(random.integers(len(points)))
        middle = (points[at] + points[(at + 1) % len(points)]) / 2 + random.uniform(-0.3, 0.3, 2)
        cells[k] = shapely.Polygon(np.insert(points, at + 1, middle, axis=0))
    elif how == "moved corner":
        points[int(random.integers(len(points)))] += random.uniform(-0.4, 0.4, 2)
        cells[k] = shapely.Polygon(points)
    elif how == "tiny":
        points += random.uniform(-0.004, 0.004, points.shape)
        cells[k] = shapely.Polygon(points)
    else:
        cells[k] = shapely.MultiPolygon(
            [cells[k].buffer(-0.2), shapely.Point(points[0]).buffer(0.1)]
        )


HOW = ("shift", "extra vertex", "dent", "moved corner", "tiny", "parts")


@settings(max_examples=60)
@given(
    seed=st.integers(0, 10**6),
    skew=st.sampled_from([0.0, 0.15, 0.25]),
    how=st.lists(st.sampled_from(HOW), min_size=1, max_size=6),
)
def test_whatever_was_within_reach_is_repaired_and_repairing_again_does_nothing(
    make_town, seed, skew, how
):
    town = make_town(4, 4, skew=skew, seed=seed)
    cells = town.cells.astype(object)
    random = np.random.default_rng(seed)
    for kind in how:
        damage(cells, random, kind)
    result = repair_coverage(cells, town.communities, town.community, max_gap_width=1.5)
    assert not result.after.defects
    assert not result.lost
    strict = check_coverage(result.cells, town.communities, town.community)
    assert strict.is_clean
    for k, shape in enumerate(town.communities):
        area = shapely.area(result.cells[town.community == k]).sum()
        assert area == pytest.approx(shape.area, rel=1e-9)
    told = {c.cell for c in result.changes}
    assert told == {i for i in range(16) if result.cells[i] is not cells[i]}
    again = repair_coverage(result.cells, town.communities, town.community, max_gap_width=1.5)
    assert not again.changes
