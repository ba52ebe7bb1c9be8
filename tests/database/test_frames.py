"""Columns as COPY frames and fingerprints: the same whichever way the texts came in."""

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from wangge.plugin.database.cells import WIDEST, cells_of, geometry_cells
from wangge.plugin.database.fingerprints import fingerprints
from wangge.plugin.database.frames import HEADER, TRAILER, copy_data
from wangge.plugin.rules.batch import Batch
from wangge.plugin.rules.encoded import Encoded, LazyFields

TEXTS = st.lists(
    st.none()
    | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
    | st.sampled_from(["", "井", "x" * (WIDEST + 1), "网" * WIDEST]),
    min_size=1,
    max_size=20,
)


def plain(values):
    column = np.empty(len(values), object)
    column[:] = values
    return Batch({"note": column}, None, np.arange(len(values)))


def encoded(values):
    data = np.array([(v or "").encode() for v in values], "S")
    missing = np.array([v is None for v in values], bool)

    column = Encoded(data, missing)
    return Batch(LazyFields({"note": column}), None, np.arange(len(values)))


def frames_one_by_one(values):
    """The format as PostgreSQL's manual gives it, written down row by row."""
    made = b""
    for value in values:
        made += (1).to_bytes(2, "big")
        if value is None:
            made += b"\xff\xff\xff\xff"
        else:
            made += len(value.encode()).to_bytes(4, "big") + value.encode()
    return HEADER + made + TRAILER


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_texts_and_bytes_give_the_same_frames_and_fingerprints(values):
    first, second = cells_of(plain(values), "note"), cells_of(encoded(values), "note")
    assert copy_data([first]) == copy_data([second]) == frames_one_by_one(values)
    assert encoded(values).fields["note"].tolist() == values
    prints = fingerprints({"note": first}).tolist()
    assert prints == fingerprints({"note": second}).tolist()
    # Alone or among others, equal texts have equal fingerprints and others differ.
    for value, found in zip(values, prints, strict=True):
        assert fingerprints({"note": cells_of(plain([value]), "note")}).tolist() == [found]
    assert len(set(values)) == len(set(prints))


@settings(max_examples=40, deadline=None)
@given(TEXTS, st.data())
def test_some_rows_of_a_column_are_those_rows(values, data):
    rows = np.array(data.draw(st.lists(st.integers(0, len(values) - 1), max_size=10)), int)
    taken = cells_of(plain(values), "note").take(rows)
    assert copy_data([taken]) == frames_one_by_one([values[i] for i in rows])


def test_a_fingerprint_knows_its_column_and_what_is_not_there():
    one, none = cells_of(plain(["a"]), "note"), cells_of(plain([None]), "note")
    found = [
        fingerprints({"note": one}),
        fingerprints({"status": one}),
        fingerprints({"note": one, "status": none}),
        fingerprints({"note": none, "status": one}),
        fingerprints({"note": cells_of(plain([""]), "note")}),
        fingerprints({"note": none}),
    ]
    assert len({f.tolist()[0] for f in found}) == len(found)


def test_a_fingerprint_is_the_same_in_every_version():
    batch = Batch(
        {
            "note": plain(["井盖"]).fields["note"],
            "load": np.array([0.5]),
            "first_date": np.array(["2024-02-29"], "M8[D]"),
        },
        np.array([shapely.Point(1, 2)], object),
        np.array([1]),
    )
    cells = {name: cells_of(batch, name) for name in batch.fields}
    cells["geom"] = geometry_cells(batch.shapes, 4547)
    assert fingerprints(cells).tobytes().hex() == "014bb9ba0577317d6053bf4d3246a507"


def test_points_are_the_same_alone_and_beside_other_shapes():
    shapes = np.array([shapely.Point(1.5, -2), shapely.LineString([(0, 0), (1, 1)]), None], object)
    mixed, points = geometry_cells(shapes, 4547), geometry_cells(shapes[:1], 4547)
    assert mixed.values()[0] == points.values()[0]
    assert points.values()[0] == shapely.to_wkb(
        shapely.set_srid(shapes[0], 4547), include_srid=True, byte_order=1
    )
    assert shapely.get_srid(shapely.from_wkb(mixed.values()[1])) == 4547
    assert mixed.values()[2] is None
    empty = geometry_cells(np.array([shapely.Point()], object), 4547)
    assert shapely.from_wkb(empty.values()[0]).is_empty
