import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from wangge.plugin.errors import WanggeError
from wangge.plugin.grid.numbering import NoteKind, continue_codes, number_cells

CODE = "500112001001"


def make_squares(columns, rows, size=100.0):
    x, y = np.meshgrid(np.arange(columns) * size, np.arange(rows) * size)
    x, y = x.ravel(), y.ravel()
    return shapely.box(x, y, x + size, y + size)


def number_one(cells, **options):
    return number_cells(cells, np.zeros(len(cells), int), [CODE], **options)


def test_numbers_run_from_west_to_east_in_rows_from_north_to_south():
    cells = make_squares(3, 2)
    assert [c[12:] for c in number_one(cells).codes] == ["004", "005", "006", "001", "002", "003"]


def test_a_row_may_waver_by_less_than_half_a_cell():
    lift = np.array([0, 30, -10, 20])
    cells = shapely.box(np.arange(4) * 100, lift, np.arange(4) * 100 + 100, lift + 100)
    assert [c[12:] for c in number_one(cells).codes] == ["001", "002", "003", "004"]


def test_each_community_counts_for_itself(make_town):
    town = make_town(4, 4)
    codes = number_cells(town.cells, town.community, town.codes).codes
    for k, prefix in enumerate(town.codes):
        assert sorted(codes[town.community == k]) == [f"{prefix}{s:03d}" for s in (1, 2, 3, 4)]


def test_a_two_digit_sequence_for_the_older_standard():
    assert number_one(make_squares(1, 1), width=2).codes[0] == CODE + "01"


def test_the_thousandth_cell_is_refused_with_the_community_named():
    cells = make_squares(40, 25)
    assert len(set(number_one(cells[:999]).codes)) == 999
    with pytest.raises(WanggeError, match=r"Lion Rock.*1000"):
        number_one(cells, community_names=["Lion Rock"])


def test_a_new_number_beyond_the_last_is_refused_though_there_are_few_cells():
    with pytest.raises(WanggeError, match=CODE):
        number_one(make_squares(2, 1), existing=[CODE + "999", None])


def test_existing_codes_stay_and_new_cells_follow_the_largest_ever_used():
    result = number_one(
        make_squares(3, 1), existing=[None, CODE + "004", None], retired=[CODE + "007"]
    )
    assert list(result.codes) == [CODE + "008", CODE + "004", CODE + "009"]
    assert list(result.kept) == [False, True, False]


def test_of_two_cells_with_one_code_the_north_western_keeps_it():
    result = number_one(make_squares(2, 1), existing=[CODE + "003"] * 2)
    assert list(result.codes) == [CODE + "003", CODE + "004"]
    assert [(n.cell, n.kind) for n in result.notes] == [(1, NoteKind.DUPLICATE)]
    assert CODE + "003" in result.notes[0].message


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("500112001002001", NoteKind.FOREIGN),
        (CODE + "01", NoteKind.MALFORMED),
        (CODE + "000", NoteKind.MALFORMED),
        (CODE + "00A", NoteKind.MALFORMED),
        (CODE + "005", NoteKind.RETIRED),
    ],
)
def test_a_code_that_cannot_stay_is_replaced_and_told(code, kind):
    result = number_one(make_squares(1, 1), existing=[code], retired=[CODE + "005"])
    assert list(result.codes) == [CODE + "006"]
    assert [n.kind for n in result.notes] == [kind]


def test_numbering_afresh_forgets_old_codes_but_not_retired_ones():
    result = number_one(
        make_squares(3, 1),
        existing=[CODE + "009"] * 3,
        retired=[CODE + "002"],
        keep_existing=False,
    )
    assert [c[12:] for c in result.codes] == ["001", "003", "004"]


def test_a_cell_outside_every_community_gets_no_code():
    result = number_cells(make_squares(2, 1), np.array([0, -1]), [CODE])
    assert result.codes[1] is None
    assert [n.kind for n in result.notes] == [NoteKind.HOMELESS]


@pytest.mark.parametrize("codes", [["50011200100"], ["50011200100x"]])
def test_a_community_code_must_have_twelve_digits(codes):
    with pytest.raises(WanggeError, match="12 digits"):
        number_cells(make_squares(1, 1), np.array([0]), codes)


def test_two_communities_with_one_code_are_refused(make_town):
    town = make_town(4, 2)
    with pytest.raises(WanggeError, match=CODE):
        number_cells(town.cells, town.community, [CODE, CODE])


@settings(max_examples=40)
@given(seed=st.integers(0, 10**6), skew=st.floats(0, 0.3), data=st.data())
def test_codes_are_unique_ordered_and_the_same_for_any_input_order(make_town, seed, skew, data):
    town = make_town(5, 4, per_community=3, skew=skew, seed=seed)
    codes = number_cells(town.cells, town.community, town.codes).codes
    assert len(set(codes)) == len(codes)
    shuffle = np.array(data.draw(st.permutations(range(len(codes)))))
    again = number_cells(town.cells[shuffle], town.community[shuffle], town.codes).codes
    assert list(again) == list(codes[shuffle])


@settings(max_examples=40)
@given(
    used=st.lists(st.none() | st.integers(1, 60), min_size=12, max_size=12),
    retired=st.sets(st.integers(1, 60), max_size=8),
)
def test_keeping_never_reuses_a_number_and_is_stable(used, retired):
    cells = make_squares(4, 3)
    existing = [None if s is None else f"{CODE}{s:03d}" for s in used]
    gone = {f"{CODE}{s:03d}" for s in retired}
    result = number_one(cells, existing=existing, retired=gone)
    assert len(set(result.codes)) == len(cells)
    assert not gone & set(result.codes)
    ever = {c for c in existing if c} | gone
    fresh = set(result.codes[~result.kept])
    assert not fresh & ever
    again = number_one(cells, existing=result.codes, retired=gone)
    assert list(again.codes) == list(result.codes)
    assert not again.notes


def test_codes_go_on_after_the_largest_ever_used():
    used = ["500112001001003", "500112001001017", "500112001002099", "rubbish"]
    assert continue_codes("500112001001", used, 2) == ("500112001001018", "500112001001019")
    assert continue_codes("500112001003", used, 1) == ("500112001003001",)
    assert continue_codes("500112001001", ["50011200100105"], 1, width=2) == ("50011200100106",)


def test_no_code_goes_beyond_the_last_number():
    with pytest.raises(WanggeError, match="numbers end at 999"):
        continue_codes("500112001001", ["500112001001998"], 2)
