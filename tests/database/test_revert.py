"""Batches are taken back exactly, or not at all and with the reason."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from platform_rows import SPECS, make_components, make_risks, picture
from wangge.plugin.database.batches import list_pushes, revert
from wangge.plugin.database.push import push
from wangge.plugin.errors import WanggeError

COMPONENT = SPECS["component"]


def change(connection, *statuses, **options):
    batch = make_components(len(statuses), status=list(statuses))
    return push(connection, "component", [batch], COMPONENT, **options).batch_id


def test_a_batch_is_taken_back_exactly(connection, platform_url):
    change(connection, "完好", "完好", "完好", "完好")
    before = picture(platform_url)
    second = change(connection, "破损", "完好", "丢失", delete_missing=True)
    assert picture(platform_url) != before
    result = revert(connection, second, user="王五")
    assert (result.inserted, result.updated, result.deleted) == (1, 2, 0)
    assert picture(platform_url) == before
    states = [(b.operation, b.state, b.reverts) for b in list_pushes(connection)]
    assert states[:2] == [("revert", "done", second), ("push", "reverted", None)]


def test_later_batches_are_taken_back_first(connection, platform_url):
    first = change(connection, "完好", "完好")
    before = picture(platform_url)
    second = change(connection, "破损", "完好")
    third = change(connection, "丢失", "完好")
    with pytest.raises(WanggeError, match=str(third)):
        revert(connection, second)
    with pytest.raises(WanggeError, match="cannot be taken back"):
        revert(connection, first)
    revert(connection, third)
    revert(connection, second)
    assert picture(platform_url) == before
    revert(connection, first)
    assert picture(platform_url) == {}


def test_batches_on_other_rows_do_not_stand_in_the_way(connection, platform_url):
    first = change(connection, "完好", "完好")
    push(connection, "component", [make_components(2, first=10)], COMPONENT)
    revert(connection, first)
    assert len(picture(platform_url)) == 2


def test_removed_rows_that_somebody_brought_back_stand_in_the_way(connection):
    change(connection, "完好", "完好")
    removing = change(connection, "完好", delete_missing=True)
    change(connection, "完好", "破损")
    with pytest.raises(WanggeError, match="cannot be taken back"):
        revert(connection, removing)


def test_what_cannot_be_taken_back(connection):
    first = change(connection, "完好")
    own = revert(connection, first).batch_id
    for batch, reason in ((first, "before"), (own, "push the data again"), (999, "no batch")):
        with pytest.raises(WanggeError, match=reason):
            revert(connection, batch)


def test_after_a_revert_the_same_push_works_again(connection, platform_url):
    first = change(connection, "完好", "完好")
    after = picture(platform_url)
    revert(connection, first)
    change(connection, "完好", "完好")
    assert picture(platform_url) == after


def test_a_risk_goes_back_to_its_district(connection, platform_url):
    push(connection, "risk", [make_risks(2)], SPECS["risk"])
    before = picture(platform_url, "risk")
    moved = make_risks(2, community_code=["500112001002", "500103001001"])
    second = push(connection, "risk", [moved], SPECS["risk"]).batch_id
    revert(connection, second)
    assert picture(platform_url, "risk") == before


@settings(max_examples=15)
@given(data=st.data())
def test_taking_back_the_last_batches_leads_through_the_same_states(story, data):
    """A random story of pushes, then all of it backwards."""
    connection, url = story
    states, batches = [picture(url)], []
    for _ in range(data.draw(st.integers(1, 4))):
        statuses = data.draw(st.lists(st.sampled_from(["完好", "破损", None]), max_size=4))
        batch = make_components(len(statuses), status=statuses)
        result = push(
            connection, "component", [batch], COMPONENT, delete_missing=data.draw(st.booleans())
        )
        batches.append(result.batch_id)
        states.append(picture(url))
    for batch in reversed(batches):
        assert picture(url) == states.pop()
        revert(connection, batch)
    assert picture(url) == states.pop()
