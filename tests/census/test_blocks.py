import pytest
from hypothesis import given
from hypothesis import strategies as st
from wangge.plugin.census.blocks import (
    LARGEST_SEQUENCE,
    CodeBlock,
    free_numbers,
    overlapping_blocks,
    reserve_blocks,
)
from wangge.plugin.errors import WanggeError


def test_blocks_follow_what_is_used_and_do_not_meet():
    blocks = reserve_blocks(["一队", "二队"], 1000, largest_used=1500)
    assert [(b.team, b.start, b.end) for b in blocks] == [
        ("一队", 1501, 2500),
        ("二队", 2501, 3500),
    ]


def test_a_further_block_lies_behind_all_earlier_ones():
    first = reserve_blocks(["一队", "二队"], 100)
    more = reserve_blocks(["一队"], 50, reserved=first, largest_used=120)
    assert (more[0].start, more[0].end) == (201, 250)


def test_blocks_of_two_districts_are_independent():
    first = reserve_blocks(["一队"], 100, district_code="500112")
    second = reserve_blocks(["二队"], 100, reserved=first, district_code="500113")
    everywhere = reserve_blocks(["三队"], 100, reserved=first + second)
    assert second[0].start == 1
    assert everywhere[0].start == 101
    assert overlapping_blocks(first + second + everywhere) == []


def test_overlapping_blocks_of_two_teams_are_found():
    a, b = CodeBlock(1, 10, "一队"), CodeBlock(10, 20, "二队", "500112")
    assert overlapping_blocks([b, a]) == [(a, b)]


def test_too_many_numbers_are_refused_with_what_is_left():
    with pytest.raises(WanggeError, match="99 of 999999"):
        reserve_blocks(["一队", "二队"], 50, largest_used=LARGEST_SEQUENCE - 99)


def test_a_team_named_twice_or_not_at_all_is_refused():
    with pytest.raises(WanggeError, match="一队"):
        reserve_blocks(["一队", "一队"], 10)
    with pytest.raises(WanggeError):
        reserve_blocks(["一队", " "], 10)


@pytest.mark.parametrize(("start", "end"), [(0, 5), (9, 8), (1, 1_000_000)])
def test_an_impossible_block_is_refused(start, end):
    with pytest.raises(WanggeError, match="一队"):
        CodeBlock(start, end, "一队")


def test_a_block_survives_the_trip_through_json():
    block = CodeBlock(5, 9, "一队", "500112")
    assert CodeBlock.from_json(block.to_json()) == block
    with pytest.raises(WanggeError, match="damaged"):
        CodeBlock.from_json({"start": 1, "team": "一队"})


@given(
    st.integers(0, 50),
    st.integers(0, 60),
    st.lists(st.tuples(st.integers(1, 60), st.integers(0, 9)), max_size=5),
)
def test_free_numbers_equal_the_plain_definition(count, after, ranges):
    reserved = [CodeBlock(start, start + more, "队") for start, more in ranges]
    closed = {i for b in reserved for i in range(b.start, b.end + 1)}
    expected = [i for i in range(after + 1, 81) if i not in closed][:count]
    assert list(free_numbers(count, after, reserved, largest=80)) == expected
