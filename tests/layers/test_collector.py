"""The garbage collector sleeps for a moment only, whoever else has it asleep."""

import gc

import pytest
from wangge.plugin.collector import collector_asleep


def test_the_collector_sleeps_in_the_block_and_wakes_after_it():
    with collector_asleep():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_wakes_when_the_block_breaks_off():
    with pytest.raises(ZeroDivisionError), collector_asleep():
        raise ZeroDivisionError
    assert gc.isenabled()


def test_blocks_of_two_threads_leave_it_awake_whichever_ends_first():
    for first in (0, 1):
        blocks = [collector_asleep(), collector_asleep()]
        for block in blocks:
            block.__enter__()
        for block in (blocks[first], blocks[1 - first]):
            block.__exit__(None, None, None)
        assert gc.isenabled()
