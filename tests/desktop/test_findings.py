"""What a check finds is gone through in a panel: filtered, shown, accepted, fixed, checked again."""

import pytest


@pytest.fixture(scope="module")
def visit(run_script, city):
    return run_script("findings", project=str(city))


def test_the_panel_comes_with_the_first_findings(visit):
    assert visit["hidden_first"]
    assert visit["shown_by_itself"]
    assert visit["count"] > 10
    assert visit["on_top"]
    assert visit["name"] == "Findings: Check components"


def test_the_step_says_that_errors_are_open(visit):
    assert "Needs attention" in visit["state"]
    assert "Open errors" in visit["state"]


def test_findings_are_filtered_by_severity_and_words(visit):
    assert str(visit["errors_only"]) == visit["errors_label"]
    assert visit["all_again"]
    some, everything = visit["searched"]
    assert 0 < some < everything


def test_findings_are_grouped(visit):
    by_rule, by_severity, by_layer, by_feature = visit["groups"]
    assert by_severity <= 3
    assert by_layer == 1
    assert by_rule > 3
    assert by_feature > by_severity


def test_the_map_follows_the_finding_in_focus(visit):
    assert visit["moved"]
    assert visit["near"]
    assert visit["next_previous"] == [True, True]


def test_accepting_asks_for_a_reason_and_keeps_it(visit):
    assert visit["ok_needs_reason"]
    assert visit["accepted"] == {
        "state": "accepted",
        "accepted_by": "王工",
        "accepted_reason": "现场核实无误",
    }
    assert visit["one_less"] == 1


def test_a_fix_is_applied_as_an_edit_that_can_be_undone(visit):
    fix = visit["fix"]
    assert visit["fix_enabled"]
    assert fix["before"] != fix["after"]
    assert fix["undo"] == "Apply fixes"
    assert fix["state"] == "fixed"
    assert visit["fix_undone"]


def test_what_was_accepted_stays_so_in_the_next_check(visit):
    assert visit["again"] == "wangge:check_components"
    assert visit["previous_given"]
    assert visit["still_accepted"] == ["现场核实无误"]


def test_what_was_edited_since_is_checked_alone(visit):
    assert visit["nothing_touched"]
    assert visit["something_touched"]
    assert visit["selected"]
    assert ["C8", visit["broken"]] in visit["found_by_touch"]
    assert {key for _, key in visit["found_by_touch"]} == {visit["broken"]}
    assert visit["gone_by_touch"] == []


def test_tens_of_thousands_of_findings_do_not_stop_the_window(visit):
    assert visit["many"] > 500
    assert visit["blocks_before_many"] == []
    assert visit["blocks"] == []


def test_no_mistake_is_shown(visit):
    assert visit["exceptions"] == []
    assert visit["exit_code"] == 0
