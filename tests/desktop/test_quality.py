"""Sampling, acceptance, progress and packing from dialogs that nobody changed."""

import pytest


@pytest.fixture(scope="module")
def day(run_script, census_project):
    return {**run_script("quality", project=str(census_project)), "folder": census_project.parent}


@pytest.mark.parametrize(
    "name",
    [
        "draw_quality_sample",
        "score_quality_sample",
        "report_census_progress",
        "pack_field_packages",
    ],
)
def test_a_step_runs_from_its_dialog_as_it_opens(day, name):
    assert day[name] is True


def test_samples_are_no_input_of_later_steps(day):
    for name in ("draw_quality_sample", "report_census_progress", "pack_field_packages"):
        assert day[f"{name}_input"].endswith("census.gpkg|layername=component")


def test_the_scores_take_the_sample_that_was_drawn(day):
    given, drawn = day["score_quality_sample_given"], day["drawn"]
    assert (given["SAMPLE"], given["CELLS"]) == (drawn["OUTPUT"], drawn["CELLS"])


def test_the_second_survey_is_proposed_once_somebody_was_out(day):
    assert day["nobody_out_yet"] != day["drawn"]["BLIND"]
    assert day["proposed"] == day["drawn"]["BLIND"]


def test_a_sample_that_agrees_with_itself_is_accepted(day):
    results = day["score_quality_sample_results"]
    assert int(results["ACCEPTED_LOTS"]) == int(results["LOT_COUNT"]) > 0


def test_the_acceptance_report_is_there_as_page_and_as_pdf(day):
    assert "RMSE" in (day["folder"] / "acceptance.html").read_text(encoding="utf-8")
    assert (day["folder"] / "acceptance.pdf").read_bytes().startswith(b"%PDF")


def test_progress_is_shaded_on_the_map_and_plotted_in_the_report(day):
    assert len(day["shades"]) == 5
    page = (day["folder"] / "progress.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 2


def test_a_package_is_made_for_one_team(day):
    assert len(day["packages"]) == 1


def test_no_mistake_is_shown(day):
    assert day["exceptions"] == []
    assert day["exit_code"] == 0
