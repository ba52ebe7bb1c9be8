"""Reading ahead changes nothing but the time."""

import threading

import pytest
from wangge.plugin.layers.ahead import ahead


def test_all_items_come_in_order():
    assert list(ahead(iter(range(100)))) == list(range(100))
    assert list(ahead([])) == []


def test_what_breaks_breaks_where_it_is_read():
    def items():
        yield 1
        raise OSError("the disk is gone")

    reader = ahead(items())
    assert next(reader) == 1
    with pytest.raises(OSError, match="gone"):
        next(reader)


def test_giving_up_ends_the_thread_and_the_source():
    ended = []

    def items():
        try:
            yield from range(1000)
        finally:
            ended.append(threading.current_thread().name)

    before = threading.active_count()
    reader = ahead(items())
    assert next(reader) == 0
    reader.close()
    assert threading.active_count() == before
    assert ended == ["wangge-read"]
