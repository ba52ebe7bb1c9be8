"""Deliveries of geocoded places: new names come in, old ones stay findable."""

import numpy as np
import shapely
from exchange_rows import CRS, rows_of, texts
from hypothesis import given, settings
from hypothesis import strategies as st
from wangge.plugin.database.place_history import update_places
from wangge.plugin.rules.batch import Batch

DAY = np.datetime64("2026-07-01")
FIELDS = ("address_code", "address_name", "start_date", "end_date")


def make_places(*rows, x=0.0):
    """Places from (code, name) pairs along a line."""
    codes, names = zip(*rows, strict=True) if rows else ((), ())
    n = len(rows)
    fields = {
        "address_code": texts(*codes),
        "address_name": texts(*names),
        "kind": texts(*["兴趣点"] * n),
        "street_name": texts(*["中山路"] * n),
        "start_date": np.full(n, "2020-01-01", "M8[D]"),
        "end_date": np.full(n, "NaT", "M8[D]"),
    }
    shapes = np.asarray(shapely.points(np.arange(n) + x, np.zeros(n)), object)
    return Batch(fields, shapes, np.arange(1, n + 1), CRS)


def counts(made):
    return (made.added, made.renamed, made.updated, made.unchanged, made.retired)


def test_a_new_name_keeps_the_code_and_the_old_one_its_history():
    current = make_places(("A1", "人民公园"), ("A2", "解放碑"))
    made = update_places(current, make_places(("A1", "中央公园"), ("A2", "解放碑")), day=DAY)
    assert counts(made) == (0, 1, 0, 1, 0)
    assert rows_of(made.places, *FIELDS) == [
        ("A1", "中央公园", "2026-07-01", None),
        ("A2", "解放碑", "2020-01-01", None),
        ("A1-20260701", "人民公园", "2020-01-01", "2026-07-01"),
    ]
    assert made.places.geometry[2].equals(current.geometry[0])


def test_another_spelling_is_no_new_name():
    current = make_places(("A1", "中山路12号"))
    made = update_places(current, make_places((None, "中山路一十二号")), day=DAY)
    assert counts(made) == (0, 0, 1, 0, 0)
    assert rows_of(made.places, *FIELDS[:2]) == [("A1", "中山路一十二号")]


def test_new_and_moved_places_come_in():
    current = make_places(("A1", "人民公园"))
    made = update_places(current, make_places(("A1", "人民公园"), ("A9", "新桥"), x=5), day=DAY)
    assert counts(made) == (1, 0, 1, 0, 0)
    assert shapely.get_x(made.places.geometry).tolist() == [5.0, 6.0]


def test_what_a_complete_delivery_lacks_is_given_up():
    current = make_places(("A1", "人民公园"), ("A2", "解放碑"))
    partial = update_places(current, make_places(("A1", "人民公园")), day=DAY)
    assert counts(partial) == (0, 0, 0, 1, 0)
    whole = update_places(current, make_places(("A1", "人民公园")), day=DAY, retire_missing=True)
    assert counts(whole) == (0, 0, 0, 1, 1)
    assert rows_of(whole.places, *FIELDS)[1] == ("A2", "解放碑", "2020-01-01", "2026-07-01")


def test_a_delivered_end_gives_a_place_up_once():
    delivery = make_places(("A1", "人民公园"))
    delivery.fields["end_date"][0] = DAY
    made = update_places(make_places(("A1", "人民公园")), delivery, day=DAY)
    assert counts(made) == (0, 0, 0, 0, 1)
    again = update_places(made.places, delivery, day=DAY)
    assert (counts(again), len(again.rejected)) == ((0, 0, 0, 1, 0), 0)


def test_rows_that_mean_nothing_new_are_refused_with_the_reason():
    current = make_places(("A1", "人民公园"), ("A2", "解放碑"))
    current.fields["end_date"][1] = DAY
    delivery = make_places(
        ("A1", "人民公园"), (None, "人民公园"), (None, "新桥"), ("A7", " "), ("A2", "解放碑")
    )
    made = update_places(current, delivery, day=DAY)
    reasons = dict(rows_of(made.rejected, "row", "reason"))
    assert list(reasons) == [2, 3, 4, 5]
    assert "same place" in reasons[2]
    assert "no code" in reasons[3]
    assert "no name" in reasons[4]
    assert "given up" in reasons[5]


_PLACES = st.dictionaries(
    st.integers(1, 6).map(lambda i: f"A{i}"),
    st.sampled_from(["人民公园", "解放碑", "新桥", "老街", "一号桥", "1号桥"]),
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(states=st.lists(_PLACES, min_size=2, max_size=4), complete=st.booleans())
def test_histories_hold_every_name_once_and_codes_stay_unique(states, complete):
    places = make_places(*states[0].items())
    names = set(states[0].values())
    for number, state in enumerate(states[1:]):
        day = DAY + number
        delivery = make_places(*state.items())
        made = update_places(places, delivery, day=day, retire_missing=complete)
        again = update_places(made.places, delivery, day=day, retire_missing=complete)
        assert rows_of(again.places, *FIELDS) == rows_of(made.places, *FIELDS)
        places = made.places
        rejected = set(made.rejected.fields["address_code"].tolist())
        names |= {name for code, name in state.items() if code not in rejected}
        used = places.is_null("end_date")
        now = dict(rows_of(places.take(used), "address_code", "address_name"))
        taken = {code: name for code, name in state.items() if code not in rejected}
        assert taken.items() <= now.items()
        if complete:
            assert now == taken
    codes = places.fields["address_code"].tolist()
    assert len(set(codes)) == len(codes)
    spelled = {"一号桥": "1号桥"}
    found = {spelled.get(n, n) for n in places.fields["address_name"].tolist()}
    assert {spelled.get(n, n) for n in names} == found
