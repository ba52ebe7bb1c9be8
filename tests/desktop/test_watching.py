"""The watchdog sees what keeps the window from reacting, and whose work it was."""

import pytest


@pytest.fixture(scope="module")
def watched(run_script, root):
    return run_script("watching", root=str(root))


@pytest.mark.parametrize(("how", "place"), [("ours", "in work"), ("native", "in count_natively")])
def test_our_own_work_is_told_with_its_place(watched, how, place):
    (told,) = watched[how]
    assert place in told


@pytest.mark.parametrize("how", ["short", "theirs"])
def test_short_work_and_qgis_own_work_are_not(watched, how):
    assert watched[how] == []


def test_watching_does_no_harm(watched):
    assert watched["exit_code"] == 0
