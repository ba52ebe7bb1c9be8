import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from wangge.plugin.census.blocks import CodeBlock
from wangge.plugin.census.numbering import (
    Outcome,
    digits,
    largest_sequence,
    number_components,
)
from wangge.plugin.errors import WanggeError
from wangge.plugin.rules.batch import make_batch

GRID = "500112001001001"
LAMP = "01034"
COVER = "01001"


def make_components(codes, classes=LAMP, grids=GRID):
    n = len(codes)
    return make_batch(
        {
            "component_code": codes,
            "class_code": [classes] * n if isinstance(classes, str) else classes,
            "grid_code": [grids] * n if isinstance(grids, str) else grids,
        }
    )


def code(sequence, class_code=LAMP, district="500112"):
    return f"{district}{class_code}{sequence:06d}"


def test_new_codes_follow_the_largest_of_their_class_and_valid_ones_stay():
    result = number_components(
        make_components([None, code(7), "", code(3), None], [LAMP, LAMP, LAMP, LAMP, COVER])
    )
    assert list(result.codes) == [code(8), code(7), code(9), code(3), code(1, COVER)]
    assert [Outcome(o).name for o in result.outcome] == ["NEW", "KEPT", "NEW", "KEPT", "NEW"]


def test_the_second_of_two_equal_codes_is_told_and_gets_a_new_one():
    result = number_components(make_components([code(5), code(5), code(6)]))
    assert list(result.codes) == [code(5), code(7), code(6)]
    assert list(result.outcome) == [Outcome.KEPT, Outcome.DUPLICATE, Outcome.KEPT]
    assert result.previous[1] == code(5)


@pytest.mark.parametrize(
    "wrong",
    [
        "5001120103400001",
        code(0),
        code(4, COVER),
        code(4, district="500113"),
        "５００１１２０１０３４００００１１",
        code(1) + "0",
        " " + code(1),
        "x",
    ],
)
def test_a_malformed_or_contradicting_code_is_replaced_and_remembered(wrong):
    result = number_components(make_components([wrong]))
    assert list(result.codes) == [code(1)]
    assert list(result.outcome) == [Outcome.REPLACED]
    assert list(result.previous) == [wrong]


def test_the_older_editions_have_sixteen_digits():
    result = number_components(
        make_components([None, "5001120101000009"], "0101"), standard="cjt214_2007"
    )
    assert list(result.codes) == ["5001120101000010", "5001120101000009"]


def test_numbers_of_retired_components_are_never_given_again():
    result = number_components(make_components([None]), known_codes=[code(41), code(3, COVER)])
    assert list(result.codes) == [code(42)]


def test_a_code_that_was_replaced_is_not_given_to_another_row():
    wrong_class_here = code(9, COVER)
    result = number_components(make_components([wrong_class_here, None], [LAMP, COVER]))
    assert list(result.codes) == [code(1), code(10, COVER)]


def test_rows_without_class_or_district_are_left_without_code_and_told():
    result = number_components(
        make_components(
            [None, None, None, None],
            [None, "0101", LAMP, LAMP],
            [GRID, GRID, None, GRID],
        )
    )
    assert list(result.codes) == [None, None, None, code(1)]
    assert list(result.outcome) == [
        Outcome.NO_CLASS,
        Outcome.NO_CLASS,
        Outcome.NO_DISTRICT,
        Outcome.NEW,
    ]


def test_the_callers_district_serves_rows_outside_any_cell():
    result = number_components(
        make_components([None, None], grids=[None, GRID]), district_code="500113"
    )
    assert list(result.codes) == [code(1, district="500113"), code(1)]
    with pytest.raises(WanggeError, match="six digits"):
        number_components(make_components([None]), district_code="50011")


def test_a_crew_numbers_only_from_its_block():
    block = [CodeBlock(1001, 1002, "一队"), CodeBlock(5001, 5010, "一队")]
    result = number_components(
        make_components([code(9), None, None, None]), block=block, known_codes=[code(1001)]
    )
    assert list(result.codes) == [code(9), code(1002), code(5001), code(5002)]


def test_the_office_skips_the_blocks_of_crews_that_are_out():
    reserved = [CodeBlock(3, 4, "一队"), CodeBlock(6, 9, "二队")]
    result = number_components(
        make_components([code(1), code(7), None, None, None]), reserved=reserved
    )
    assert list(result.codes)[2:] == [code(2), code(5), code(10)]


def test_a_full_class_is_an_error_that_names_district_and_class():
    with pytest.raises(WanggeError, match=r"District 500112, class 01034: 2 .*only 1"):
        number_components(make_components([code(999998), None, None]))


def test_a_full_block_is_an_error_that_names_district_class_and_team():
    with pytest.raises(WanggeError, match=r"500112, class 01034: 3.*10–11.*一队.*2 numbers"):
        number_components(make_components([None] * 3), block=[CodeBlock(10, 11, "一队")])


def test_a_block_of_another_district_is_told():
    with pytest.raises(WanggeError, match=r"district 500112.*一队"):
        number_components(make_components([None]), block=[CodeBlock(10, 11, "一队", "500113")])


def test_districts_and_classes_are_numbered_apart():
    result = number_components(
        make_components([None] * 4, [LAMP, COVER, LAMP, LAMP], [GRID, GRID, "5001130010010", GRID])
    )
    assert list(result.codes) == [code(1), code(1, COVER), code(1, district="500113"), code(2)]


def test_largest_sequence_looks_over_all_classes():
    assert largest_sequence([code(4), code(12, COVER), "x", None, code(999)[:-1]]) == 12
    assert largest_sequence([]) == 0


def test_an_empty_layer_is_no_problem():
    result = number_components(make_components([code(1)]).take(np.array([], dtype=int)))
    assert len(result.codes) == 0


def test_digits_reads_only_ascii_digits_of_the_wanted_length():
    numbers, good = digits(np.array(["012", "12", "0123", "1a2", "１２３", ""], dtype=object), 3)
    assert list(good) == [True, False, False, False, False, False]
    assert list(numbers) == [12, 0, 0, 0, 0, 0]


CODES = st.one_of(
    st.none(),
    st.just("x"),
    st.builds(
        code,
        st.integers(0, 12),
        st.sampled_from([LAMP, COVER]),
        st.sampled_from(["500112", "500113"]),
    ),
)


@given(
    st.lists(st.tuples(CODES, st.sampled_from([LAMP, COVER])), max_size=40),
    st.lists(st.builds(code, st.integers(1, 30), st.sampled_from([LAMP, COVER])), max_size=10),
)
def test_codes_are_unique_right_and_never_reused(rows, known):
    components = make_components([r[0] for r in rows], [r[1] for r in rows])
    result = number_components(components, known_codes=known)
    codes = list(result.codes)
    assert len(set(codes)) == len(codes)
    for given_code, (old, class_code), outcome in zip(codes, rows, result.outcome, strict=True):
        assert given_code[:11] == "500112" + class_code
        assert len(given_code) == 17
        if outcome == Outcome.KEPT:
            assert given_code == old
        else:
            assert given_code not in known
            assert given_code not in [r[0] for r in rows]
    again = number_components(
        components.with_fields(component_code=result.codes), known_codes=known
    )
    assert list(again.codes) == codes
    assert set(again.outcome) <= {Outcome.KEPT}
