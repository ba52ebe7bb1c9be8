import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely import LineString, box
from wangge.plugin.errors import WanggeError
from wangge.plugin.grid.border_editing import (
    move_border,
    move_vertex,
    replace_border,
    shared_border,
)
from wangge.plugin.grid.coverage import check_coverage
from wangge.plugin.grid.editing import halve_cell, merge_cells, split_cell

X, Y = 500000, 3400000


def test_a_split_goes_on_in_the_larger_part_and_neighbours_get_the_ends(make_town):
    town = make_town(3, 3, per_community=3)
    edit = split_cell(town.cells, 4, LineString([(X + 130, Y + 90), (X + 130, Y + 210)]))
    assert edit.changed[4].equals(box(X + 130, Y + 100, X + 200, Y + 200))
    assert edit.created[0].equals(box(X + 100, Y + 100, X + 130, Y + 200))
    assert edit.retired == ()
    assert set(edit.changed) == {3, 4, 5}
    assert check_coverage(edit.apply_to(town.cells), town.communities).is_clean


def test_a_split_into_three_ends_the_cell(make_town):
    town = make_town(1, 1)
    lines = LineString([(X - 1, Y + 33), (X + 101, Y + 33), (X + 101, Y + 66), (X - 1, Y + 66)])
    edit = split_cell(town.cells, 0, lines)
    assert (edit.retired, len(edit.created)) == ((0,), 3)
    assert not edit.changed


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ([(X + 10, Y + 10), (X + 50, Y + 50)], "does not divide"),
        ([(X + 0.2, Y - 5), (X + 0.2, Y + 105)], "splinter"),
        ([(X - 50, Y), (X - 50, Y + 100)], "does not divide"),
    ],
)
def test_a_line_that_does_not_split_is_refused(make_town, line, sentence):
    with pytest.raises(WanggeError, match=sentence):
        split_cell(make_town(1, 1).cells, 0, LineString(line))


def test_halving_finds_the_compact_cut_and_takes_a_given_direction():
    cells = np.array([box(0, 0, 200, 100)])
    halves = halve_cell(cells, 0)
    both = [*halves.changed.values(), *halves.created]
    assert sorted(shape.bounds for shape in both) == [
        pytest.approx((0, 0, 100, 100)),
        pytest.approx((100, 0, 200, 100)),
    ]
    lying = halve_cell(cells, 0, angle=0.0)
    assert lying.created[0].bounds[2] == 200


@settings(max_examples=40)
@given(seed=st.integers(0, 10**6), angle=st.none() | st.floats(0, 180))
def test_halves_are_equal_and_merging_them_gives_the_cell_back(make_town, seed, angle):
    town = make_town(3, 3, per_community=3, skew=0.25, seed=seed)
    edit = halve_cell(town.cells, 4, angle=angle)
    after = edit.apply_to(town.cells)
    assert edit.changed[4].area == pytest.approx(edit.created[0].area, rel=1e-6)
    assert check_coverage(after, town.communities).is_clean
    merged = merge_cells(after, [4, 9], [0] * 10)
    whole = [*merged.changed.values(), *merged.created][0]
    assert whole.area == pytest.approx(town.cells[4].area)
    assert whole.symmetric_difference(town.cells[4]).area < 1e-5
    assert check_coverage(merged.apply_to(after), town.communities).is_clean


@settings(max_examples=40)
@given(seed=st.integers(0, 10**6), ends=st.tuples(*[st.floats(60, 240)] * 4))
def test_any_split_keeps_the_coverage_and_the_area(make_town, seed, ends):
    town = make_town(3, 3, per_community=3, skew=0.2, seed=seed)
    a, b, c, d = ends
    assume(abs(a - c) + abs(b - d) > 1)
    line = LineString([(X + a, Y + b), (X + c, Y + d)])
    try:
        edit = split_cell(town.cells, 4, line)
    except WanggeError:
        return
    parts = [*edit.created, *([edit.changed[4]] if 4 in edit.changed else [])]
    assert sum(p.area for p in parts) == pytest.approx(town.cells[4].area)
    assert check_coverage(edit.apply_to(town.cells), town.communities).is_clean


def test_a_merge_goes_on_as_the_larger_cell():
    cells = np.array([box(0, 0, 40, 100), box(40, 0, 100, 100), box(100, 0, 200, 100)])
    edit = merge_cells(cells, [0, 1], [0, 0, 0])
    assert edit.changed[1].equals(box(0, 0, 100, 100))
    assert (edit.retired, edit.created) == ((0,), ())


def test_a_merge_of_three_equal_cells_is_a_new_cell(make_town):
    town = make_town(3, 1, per_community=3)
    edit = merge_cells(town.cells, [0, 1, 2], [0, 0, 0])
    assert (edit.retired, len(edit.created), len(edit.changed)) == ((0, 1, 2), 1, 0)


@pytest.mark.parametrize(
    ("indices", "sentence"),
    [([0], "at least two"), ([0, 5], "next to each other"), ([4, 8], "one community")],
)
def test_cells_that_cannot_merge_are_refused(make_town, indices, sentence):
    town = make_town(4, 4)
    with pytest.raises(WanggeError, match=sentence):
        merge_cells(town.cells, indices, town.community)


def test_moving_a_corner_takes_all_four_cells_along(make_town):
    town = make_town(2, 2)
    edit = move_vertex(town.cells, town.community, (X + 100, Y + 100), (X + 120, Y + 90))
    assert sorted(edit.changed) == [0, 1, 2, 3]
    assert (edit.created, edit.retired) == ((), ())
    after = edit.apply_to(town.cells)
    assert check_coverage(after, town.communities).is_clean
    assert shapely.area(after).sum() == pytest.approx(40_000)
    # What was given is never written to.
    assert (X + 100, Y + 100) in town.cells[0].exterior.coords


def test_a_community_edge_is_never_moved(make_town):
    town = make_town(4, 4)
    for corner in [(X + 200, Y + 100), (X, Y + 100), (X + 200, Y + 200)]:
        with pytest.raises(WanggeError, match="edge of a community"):
            move_vertex(town.cells, town.community, corner, (corner[0] + 5, corner[1]))


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ((X + 320, Y + 150), "run over|cross"),
        ((X + 100, Y - 50), "run over|cross"),
        ((X + 20, Y + 350), "run over|cross"),
    ],
)
def test_a_corner_moved_too_far_is_refused(make_town, target, sentence):
    town = make_town(3, 3, per_community=3)
    with pytest.raises(WanggeError, match=sentence):
        move_vertex(town.cells, town.community, (X + 100, Y + 100), target)


def test_a_cell_is_never_squeezed_flat():
    left = shapely.Polygon([(0, 0), (50, 0), (50, 100), (0, 100)])
    middle = shapely.Polygon([(50, 0), (60, 0), (60, 100), (50, 100)])
    around = box(-50, -50, 100, 150).difference(left.union(middle))
    cells = np.array([left, middle, around])
    with pytest.raises(WanggeError, match="squeezed"):
        move_border(cells, [0] * 3, [(50, 0), (50, 100)], [(59.8, 0), (59.8, 100)])
    moved = move_border(cells, [0] * 3, [(50, 0), (50, 100)], [(55, 0), (55, 100)])
    assert moved.changed[1].area == pytest.approx(500)


def test_no_vertex_there_is_a_sentence(make_town):
    town = make_town(2, 2)
    with pytest.raises(WanggeError, match="No cell has a vertex"):
        move_vertex(town.cells, town.community, (X + 50, Y + 50), (X, Y))


def test_a_whole_border_moves_with_both_ends():
    ring = [(0, 0), (100, 0), (100, 50), (100, 100), (0, 100)]
    other = [(100, 0), (200, 0), (200, 100), (100, 100), (100, 50)]
    frame = [(-50, -50), (250, -50), (250, 150), (-50, 150)]
    around = shapely.Polygon(
        frame, [[(0, 0), (0, 100), (100, 100), (200, 100), (200, 0), (100, 0)]]
    )
    cells = np.array([shapely.Polygon(ring), shapely.Polygon(other), around])
    border = [(100, 0), (100, 50), (100, 100)]
    edit = move_border(cells, [0, 0, 0], border, [(110, 0), (110, 50), (110, 100)])
    assert edit.changed[0].area == pytest.approx(11_000)
    assert edit.changed[1].area == pytest.approx(9_000)
    assert check_coverage(edit.apply_to(cells), np.array([shapely.Polygon(frame)])).is_clean


def test_a_border_drawn_anew_keeps_both_cells(make_town):
    town = make_town(3, 3, per_community=3)
    line = LineString([(X + 120, Y + 90), (X + 130, Y + 150), (X + 120, Y + 210)])
    edit = replace_border(town.cells, town.community, 1, 4, line)
    assert set(edit.changed) >= {1, 4}
    assert edit.created == ()
    assert check_coverage(edit.apply_to(town.cells), town.communities).is_clean
    assert edit.changed[1].area + edit.changed[4].area == pytest.approx(20_000)
    assert edit.changed[1].contains(shapely.Point(X + 110, Y + 150))


def test_the_shared_border_is_one_line(make_town):
    town = make_town(2, 1)
    assert shared_border(town.cells, 0, 1).length == pytest.approx(100)
    assert shared_border(make_town(3, 1).cells, 0, 2).is_empty


def test_a_border_between_strangers_cannot_be_drawn(make_town):
    town = make_town(4, 4)
    with pytest.raises(WanggeError, match="share no border"):
        replace_border(town.cells, town.community, 4, 8, LineString([(X, Y), (X + 400, Y)]))


@settings(max_examples=60)
@given(
    seed=st.integers(0, 10**6),
    shift=st.tuples(st.floats(-120, 120), st.floats(-120, 120)),
)
def test_a_moved_corner_keeps_the_coverage_or_is_refused(make_town, seed, shift):
    town = make_town(4, 4, per_community=4, skew=0.2, seed=seed)
    corner = town.cells[5].exterior.coords[0]
    goal = (corner[0] + shift[0], corner[1] + shift[1])
    try:
        edit = move_vertex(town.cells, town.community, corner, goal)
    except WanggeError:
        return
    assert check_coverage(edit.apply_to(town.cells), town.communities).is_clean
