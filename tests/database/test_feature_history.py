"""The history of one feature: who brought it in, what each change was, where it ended."""

import pytest
from platform_rows import SPECS, make_components
from wangge.plugin.database.batches import revert
from wangge.plugin.database.feature_history import read_feature_history
from wangge.plugin.database.push import push
from wangge.plugin.errors import WanggeError

COMPONENT = SPECS["component"]


def change(connection, *statuses, user="", **options):
    batch = make_components(len(statuses), status=list(statuses))
    return push(connection, "component", [batch], COMPONENT, user=user, **options).batch_id


def code_of(row):
    return make_components(row + 1).fields["component_code"][row]


def told(connection, row):
    history = read_feature_history(connection, "component", code_of(row))
    return [(c.batch_id, c.operation, c.by) for c in history], history


def test_each_change_is_told_with_who_made_it_and_what_changed(connection):
    first = change(connection, "完好", "完好", user="张三")
    second = change(connection, "破损", "完好", user="李四")
    events, history = told(connection, 0)
    assert events == [(second, "update", "李四"), (first, "insert", "张三")]
    assert history[0].fields == (("status", "完好", "破损"),)
    assert not history[0].moved
    assert ("status", "", "完好") in history[1].fields
    assert told(connection, 1)[0] == [(first, "insert", "张三")]


def test_an_end_and_a_new_beginning_are_told(connection):
    first = change(connection, "完好", "完好")
    end = change(connection, "完好", delete_missing=True)
    again = change(connection, "完好", "破损")
    last = change(connection, "完好", "丢失")
    found = [(batch, operation) for batch, operation, _ in told(connection, 1)[0]]
    assert found == [(last, "update"), (again, "insert"), (end, "delete"), (first, "insert")]


def test_a_revert_is_a_change_too(connection):
    change(connection, "完好")
    second = change(connection, "破损")
    own = revert(connection, second, user="王五").batch_id
    events, history = told(connection, 0)
    assert events[0] == (own, "update", "王五")
    assert history[0].fields == (("status", "破损", "完好"),)


def test_a_move_is_told_without_its_coordinates(connection):
    change(connection, "完好")
    batch = make_components(1, status=["完好"])
    batch.shapes[0] = make_components(9).shapes[8]
    push(connection, "component", [batch], COMPONENT)
    newest = told(connection, 0)[1][0]
    assert newest.moved
    assert newest.fields == ()


def test_what_was_never_there_has_no_history(connection):
    assert read_feature_history(connection, "component", "nothing") == []
    with pytest.raises(WanggeError, match="finding"):
        read_feature_history(connection, "finding", "1")
