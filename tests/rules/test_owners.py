"""Whose a code is elsewhere: the same as a table of all codes would tell."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wangge.plugin.rules.batch import Batch, make_batch
from wangge.plugin.rules.encoded import Encoded, LazyFields
from wangge.plugin.rules.owners import Owners
from wangge.plugin.rules.text import code_column

CODES = st.sampled_from(["51010701001000001", "51010701001000002", "a", "井盖", " ", "", None])
UUIDS = st.sampled_from(["u1", "u2", "u1 ", "", " ", None])
ROWS = st.lists(st.tuples(CODES, UUIDS), max_size=12)


def plain(rows):
    codes, uuids = zip(*rows, strict=True) if rows else ((), ())
    return make_batch({"component_code": list(codes), "uuid": list(uuids)})


def as_bytes(rows):
    columns = {}
    for i, name in enumerate(("component_code", "uuid")):
        values = [row[i] for row in rows]
        data = np.array([(v or "").encode() for v in values], "S40")
        columns[name] = Encoded(data, np.array([v is None for v in values], bool))
    return Batch(LazyFields(columns), None, np.arange(len(rows)))


def is_others(code, uuid, elsewhere):
    if not (uuid or "").strip() or not (code or "").strip():
        return False
    return any(code == c and (u or "").strip() and u != uuid for c, u in elsewhere)


@pytest.mark.parametrize("batch_of", [plain, as_bytes])
@settings(max_examples=60)
@given(elsewhere=ROWS, rows=ROWS, cut=st.integers(0, 12))
def test_a_code_is_taken_where_somebody_else_has_it(batch_of, elsewhere, rows, cut):
    parts = [batch_of(elsewhere[:cut]), batch_of(elsewhere[cut:])]
    owners = Owners(parts, code="component_code")
    codes = code_column([code for code, _ in rows])
    uuids = code_column([uuid for _, uuid in rows])
    expected = [is_others(code, uuid, elsewhere) for code, uuid in rows]
    assert owners.are_others(codes, uuids).tolist() == expected


def test_ten_million_codes_take_little():
    n = 100_000
    rows = {"component_code": [f"{i:017d}" for i in range(n)], "uuid": [f"u{i}" for i in range(n)]}
    owners = Owners([make_batch(rows)], code="component_code")
    arrays = [v for v in vars(owners).values() if isinstance(v, np.ndarray)]
    assert len(owners) == n
    assert sum(a.nbytes for a in arrays) <= 24 * n
