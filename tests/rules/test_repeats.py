import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wangge.plugin.rules import nearness, repeats
from wangge.plugin.rules.growing import Growing
from wangge.plugin.rules.repeats import repeated

SLABS = st.integers(1, 40)


def with_slab(slab, work, *arguments, **more):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(repeats, "SLAB", slab)
        return work(*arguments, **more)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from([0.0, -0.0, 1.5, 2.5])), max_size=25),
    st.randoms(),
    SLABS,
)
def test_of_equal_rows_all_but_the_first_repeat_it(rows, random, slab):
    ids = np.array(random.sample(range(1, 100), len(rows)), np.int64)
    numbers = np.array([r[0] for r in rows], np.int64)
    reals = np.array([r[1] for r in rows], float)
    known = numbers != 3
    first: dict[tuple, int] = {}
    for i in np.argsort(ids).tolist():
        if known[i]:
            first.setdefault((numbers[i], reals[i]), ids[i])
    expected = {
        (ids[i], first[numbers[i], reals[i]])
        for i in range(len(ids))
        if known[i] and first[numbers[i], reals[i]] != ids[i]
    }
    later, firsts = with_slab(slab, repeated, ids, numbers, reals, known=known)
    assert set(zip(ids[later], ids[firsts], strict=True)) == expected
    assert (np.diff(ids[later]) > 0).all()


# On a lattice of half the distance many pairs lie exactly at it.
STEPS = st.integers(-6, 6).map(lambda i: i * 0.25)
PLACES = st.tuples(
    STEPS | st.floats(-2, 2) | st.just(np.nan), STEPS | st.floats(-2, 2), st.integers(0, 2)
)


@settings(max_examples=120)
@given(st.lists(PLACES, max_size=30), st.sampled_from([0.0, 500_000.0, 4e7]), SLABS)
def test_a_point_near_another_of_its_kind_is_found(places, origin, slab):
    xy = np.array([p[:2] for p in places], float).reshape(-1, 2) + origin
    kind = np.array([p[2] for p in places], np.int32)
    distances = np.array([0.5, 0.0, 1.0])
    ids = np.arange(len(places), 0, -1)
    gaps = np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1))
    with np.errstate(invalid="ignore"):
        near = (gaps <= distances[kind][:, None]) & (kind[:, None] == kind[None])
    np.fill_diagonal(near, False)
    rows, partners, apart = with_slab(slab, nearness.repeats, ids, xy, kind, distances)
    # What is found is near, and of each point that is near another one a pair is told.
    assert near[rows, partners].all()
    assert (ids[rows] > ids[partners]).all()
    assert apart == pytest.approx(gaps[rows, partners])
    assert set(kind[rows]) == set(kind[near.any(axis=1)])
    lonely = set(np.flatnonzero(near.any(axis=1))) - set(rows) - set(partners)
    assert all(near[i][list({*rows, *partners})].any() for i in lonely)


def test_doubles_are_found_across_the_squares_they_are_looked_for_in():
    random = np.random.default_rng(5)
    centres = random.uniform(0, 1000, (400, 2)) * [1, 0.1] + [500_000, 3_000_000]
    angle = random.uniform(0, 2 * np.pi, 400)
    twins = centres + 0.4999 * np.column_stack([np.cos(angle), np.sin(angle)])
    # Far apart in kind, so that only the twins are compared.
    kind = np.tile(np.arange(400), 2)
    xy = np.concatenate([centres, twins])
    rows, partners, _ = nearness.repeats(np.arange(800), xy, kind, np.full(400, 0.5))
    assert rows.tolist() == list(range(400, 800))
    assert partners.tolist() == list(range(400))


@settings(max_examples=40)
@given(st.lists(st.lists(st.sampled_from([b"", b"a", b"long text", b"abc"]))), st.integers(0, 9))
def test_a_column_grows_to_what_was_added(chunks, expected):
    column = Growing(expected)
    for chunk in chunks:
        column.add(np.array(chunk, "S") if chunk else np.empty(0, "S1"))
    values = column.values()
    assert ([] if values is None else values.tolist()) == [v for chunk in chunks for v in chunk]


@settings(max_examples=40)
@given(st.lists(st.lists(st.sampled_from([0.0, 1.5, np.nan]))), st.integers(0, 9))
def test_zeros_need_not_be_written(chunks, expected):
    column = Growing(expected)
    for chunk in chunks:
        column.add(np.array(chunk, float))
    values = column.values()
    flat = [v for chunk in chunks for v in chunk]
    np.testing.assert_array_equal([] if values is None else values, flat)


def test_objects_and_dates_are_kept_too():
    shapes, days = Growing(1), Growing(1)
    shapes.add(np.array([None, "x"], object))
    shapes.add(np.array(["y"], object))
    days.add(np.array(["1970-01-01", "NaT"], "M8[D]"))
    days.add(np.array(["NaT", "2026-01-01"], "M8[D]"))
    assert shapes.values().tolist() == [None, "x", "y"]
    assert days.values().astype(str).tolist() == ["1970-01-01", "NaT", "NaT", "2026-01-01"]
