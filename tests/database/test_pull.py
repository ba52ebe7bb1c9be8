"""What was pushed comes back as it was, whole or in part."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from platform_rows import SPECS, make_components, make_grids
from wangge.plugin.database.pull import pull
from wangge.plugin.database.push import push
from wangge.plugin.database.result import PushRefusedError
from wangge.plugin.errors import WanggeError
from wangge.plugin.rules.batch import Batch, concatenate
from wangge.plugin.standards.spec import FieldSpec, FieldType, Geometry, LayerSpec

COMPONENT = SPECS["component"]


def pulled(connection, spec, **options):
    rows = concatenate(list(pull(connection, spec.name, spec, **options)))
    order = np.argsort(rows.fields[spec.key].astype(str))
    return rows.take(order)


def same(first: Batch, second: Batch) -> None:
    assert len(first) == len(second)
    for name, values in first.fields.items():
        assert (first.is_null(name) == second.is_null(name)).all(), name
        there = ~first.is_null(name)
        assert values.dtype == second.fields[name].dtype, name
        assert values[there].tolist() == second.fields[name][there].tolist(), name
    if first.geometry is not None:
        assert shapely.to_wkb(first.geometry).tolist() == shapely.to_wkb(second.geometry).tolist()


def test_a_pull_is_what_was_pushed(connection):
    batch = make_components(20)
    result = push(connection, "component", [batch], COMPONENT)
    reader = pull(connection, "component", COMPONENT, batch_size=7)
    parts = list(reader)
    assert [len(p) for p in parts] == [7, 7, 6]
    assert (reader.snapshot, reader.crs) == (result.batch_id, "EPSG:4547")
    same(batch, pulled(connection, COMPONENT))


@pytest.mark.parametrize("batch_size", [1, 2, 3, 4, 19, 20, 21])
def test_batches_of_any_size_hold_all_rows_once(connection, batch_size):
    push(connection, "component", [make_components(20)], COMPONENT)
    parts = list(pull(connection, "component", COMPONENT, batch_size=batch_size))
    assert max(map(len, parts)) <= batch_size
    same(make_components(20), concatenate(parts))


def test_long_texts_and_shapes_of_all_kinds_come_back(connection):
    batch = make_components(4, note=["短", "长" * 100, None, "x" * 200])
    batch.geometry[1] = shapely.LineString([(0, 0), (1, 1), (2, 0)])
    batch.geometry[2] = None
    batch.geometry[3] = shapely.Point()
    push(connection, "component", [batch], COMPONENT)
    same(batch, pulled(connection, COMPONENT))


def test_nothing_there_is_one_empty_batch(connection):
    (batch,) = pull(connection, "component", COMPONENT)
    assert len(batch) == 0
    assert set(batch.fields) == set(COMPONENT.names)
    assert batch.geometry is not None


def test_parts_by_area_extent_and_change(connection):
    parts = [make_grids(3), make_grids(2, community="001003"), make_grids(2, district="500103")]
    first = push(connection, "unit_grid", parts, SPECS["unit_grid"])

    def count(**options):
        return len(pulled(connection, SPECS["unit_grid"], **options))

    assert count(area_code="500112") == 5
    assert count(area_code="500112001") == 5
    assert count(area_code="500112001003") == 2
    assert count(area_code="500112001003002") == 1
    assert count(area_code="50") == 7
    assert count(extent=(250.0, 50.0, 260.0, 60.0)) == 1
    assert count(changed_since=first.batch_id) == 0
    push(connection, "unit_grid", [make_grids(1, note=["改"])], SPECS["unit_grid"])
    assert count(changed_since=first.batch_id) == 1


@pytest.mark.parametrize("code", ["x'; DROP TABLE wangge.component; --", "5001%", "１２３４５６"])
def test_an_area_code_is_digits(connection, code):
    with pytest.raises(WanggeError, match="digits"):
        list(pull(connection, "component", COMPONENT, area_code=code))


def test_a_pull_that_is_given_up_leaves_the_connection_usable(connection):
    push(connection, "component", [make_components(20)], COMPONENT)
    for _ in pull(connection, "component", COMPONENT, batch_size=5):
        break
    assert len(pulled(connection, COMPONENT)) == 20


def test_what_changed_since_the_pull_is_a_conflict(connection):
    push(connection, "component", [make_components(4)], COMPONENT)
    reader = pull(connection, "component", COMPONENT)
    list(reader)
    theirs = make_components(4, status=["破损", "破损", "破损", "完好"])
    push(connection, "component", [theirs], COMPONENT, user="李四")
    # Row 0: the same change on both sides; row 1: another; row 2: unchanged here; row 3: ours only.
    ours = make_components(4, status=["破损", "丢失", "完好", "丢失"])
    with pytest.raises(PushRefusedError) as refused:
        push(connection, "component", [ours], COMPONENT, base_snapshot=reader.snapshot)
    conflicts = refused.value.result.conflicts
    assert [c.key[-1] for c in conflicts] == ["1", "2"]
    assert {c.changed_by for c in conflicts} == {"李四"}
    assert set(pulled(connection, COMPONENT).fields["status"]) == {"破损", "完好"}


def test_what_was_removed_since_the_pull_is_a_conflict(connection):
    push(connection, "component", [make_components(3)], COMPONENT)
    reader = pull(connection, "component", COMPONENT)
    list(reader)
    push(connection, "component", [make_components(2)], COMPONENT, delete_missing=True)
    with pytest.raises(PushRefusedError) as refused:
        push(
            connection, "component", [make_components(3)], COMPONENT, base_snapshot=reader.snapshot
        )
    assert [c.key[-1] for c in refused.value.result.conflicts] == ["2"]


def test_removing_what_others_changed_or_added_since_the_pull(connection):
    push(connection, "component", [make_components(3)], COMPONENT)
    reader = pull(connection, "component", COMPONENT)
    list(reader)
    theirs = make_components(4, status=["完好", "完好", "破损", "完好"])
    push(connection, "component", [theirs], COMPONENT)
    options = {"base_snapshot": reader.snapshot, "delete_missing": True}
    with pytest.raises(PushRefusedError) as refused:
        push(connection, "component", [make_components(2)], COMPONENT, **options)
    assert [c.key[-1] for c in refused.value.result.conflicts] == ["2"]
    # The row that came later cannot be missing; it stays.
    mine = make_components(3, status=["完好", "完好", "破损"])
    assert push(connection, "component", [mine], COMPONENT, **options).deleted == 0


TYPES = LayerSpec(
    name="risk",
    fields=(
        FieldSpec("risk_code", length=32),
        FieldSpec("risk_name", length=100),
        FieldSpec("level", length=10),
        FieldSpec("score", FieldType.REAL),
        FieldSpec("count", FieldType.INTEGER),
        FieldSpec("review_date", FieldType.DATE),
        FieldSpec("seen_at", FieldType.DATETIME),
        FieldSpec("grid_code", length=15),
        FieldSpec("community_code", length=12),
        FieldSpec("status", length=10),
    ),
    key="risk_code",
    geometries=(Geometry.POINT, Geometry.LINE, Geometry.POLYGON),
)

TEXTS = st.none() | st.text(
    st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=100
)
NUMBERS = st.none() | st.floats(allow_nan=False)
COORDINATES = st.floats(-1e7, 1e7).map(lambda v: v + 0.0)
SHAPES = st.one_of(
    st.none(),
    st.builds(shapely.Point, COORDINATES, COORDINATES),
    st.lists(st.tuples(COORDINATES, COORDINATES), min_size=2, max_size=5).map(shapely.LineString),
    st.builds(lambda x, y: shapely.box(x, y, x + 2, y + 3), COORDINATES, COORDINATES),
)
ROWS = st.lists(
    st.tuples(
        TEXTS,
        NUMBERS,
        st.none() | st.integers(-(2**63), 2**63 - 1),
        st.none() | st.dates(),
        st.none() | st.datetimes(),
        SHAPES,
    ),
    min_size=1,
    max_size=8,
)


def make_typed(rows) -> Batch:
    def texts(values):
        column = np.empty(len(rows), object)
        column[:] = values
        return column

    names, scores, counts, dates, times, shapes = zip(*rows, strict=True)
    return Batch(
        {
            "risk_code": texts([f"'\"\\风险{i}" for i in range(len(rows))]),
            "risk_name": texts(names),
            "level": texts(["red"] * len(rows)),
            "score": np.array(scores, "f8"),
            "count": np.array([0 if c is None else c for c in counts], "i8"),
            "review_date": np.array(dates, "M8[D]"),
            "seen_at": np.array(times, "M8[ms]"),
            "grid_code": texts([None] * len(rows)),
            "community_code": texts(["500112001002"] * len(rows)),
            "status": texts([""] * len(rows)),
        },
        texts(shapes),
        np.arange(len(rows)),
        "EPSG:4547",
        {"count": np.array([c is None for c in counts])},
    )


@settings(max_examples=40)
@given(rows=ROWS)
def test_every_value_survives_the_way_there_and_back(typed_connection, rows):
    batch = make_typed(rows)
    push(typed_connection, "risk", [batch], TYPES, delete_missing=True)
    again = push(typed_connection, "risk", [batch], TYPES)
    assert (again.inserted, again.updated, again.unchanged) == (0, 0, len(rows))
    back = pulled(typed_connection, TYPES)
    same(batch, back)
    # What comes back is the same for the platform, too.
    assert push(typed_connection, "risk", [back], TYPES).changes == 0
