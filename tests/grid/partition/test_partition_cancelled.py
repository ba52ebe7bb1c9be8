"""Cancelling while processes are at work: they stop, and none is left behind."""

import multiprocessing
import time

import numpy as np
import pytest
import shapely
from wangge.plugin.errors import Cancelled
from wangge.plugin.executor import local_executor
from wangge.plugin.grid.partition import PartitionInput, PartitionOptions, partition


class CancelledWhenAsked:
    """A user who cancels at the tenth look."""

    def __init__(self):
        self.looks = 0

    def report(self, fraction):
        pass

    tell = warn = report

    def is_cancelled(self):
        self.looks += 1
        return self.looks > 10


def cut_in_processes(town, options, progress):
    with local_executor(len(town.names), workers=2) as pool:
        return partition(town, options, executor=pool, progress=progress)


def break_off(started):
    """Leave a pool by an error while its processes are at work."""
    with local_executor(6, workers=2) as pool:
        if pool is not None:
            started += [pool.submit(time.sleep, 60) for _ in range(6)]
        raise KeyError


def test_cancelling_stops_the_communities_being_cut():
    squares = np.array([shapely.box(3000 * i, 0, 3000 * i + 3000, 3000) for i in range(6)])
    town = PartitionInput(squares, np.arange(6).astype(str), np.array([], dtype=object))
    before = set(multiprocessing.active_children())
    # So long a search that only an end by force is seen here.
    options = PartitionOptions(search_seconds=1000.0)
    with pytest.raises(Cancelled):
        cut_in_processes(town, options, CancelledWhenAsked())
    assert set(multiprocessing.active_children()) <= before


def test_work_under_way_ends_unfinished():
    started = []
    with pytest.raises(KeyError):
        break_off(started)
    assert all(future.cancelled() or future.exception() for future in started)
