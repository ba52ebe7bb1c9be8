"""The main job through the algorithms: streets in, checked rows in PostGIS out."""

import json

import pytest
from qgis.core import QgsProcessingException, QgsProcessingUtils, QgsVectorLayer


def features(path, name=None):
    source = str(path) if "|" in str(path) or name is None else f"{path}|layername={name}"
    layer = QgsVectorLayer(source, "layer", "ogr")
    assert layer.isValid(), source
    return list(layer.getFeatures())


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("job")


@pytest.fixture
def cells(run, city, folder):
    """Cells of the town, cut once."""
    path = folder / "cells.gpkg"
    if not path.exists():
        run(
            "partition_unit_grids",
            COMMUNITIES=city("community"),
            BARRIERS=[city("street"), city("water")],
            BUILDINGS=city("building"),
            RANK_FIELD="rank",
            OUTPUT=str(path),
            EXCEPTIONS=str(folder / "exceptions.gpkg"),
            SCORECARD=str(folder / "card.html"),
            SCORECARD_JSON=str(folder / "card.json"),
        )
    return path


def test_partition_is_numbered_scored_and_passes_its_check(run, city, cells, folder):
    rows = features(cells)
    codes = [f["grid_code"] for f in rows]
    assert len(set(codes)) == len(codes)
    assert all(
        len(c) == 15 and c.startswith(f["community_code"]) for c, f in zip(codes, rows, strict=True)
    )
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    assert card["cells"] == len(rows)
    assert card["gap_area"] < 1e-3
    assert card["overlap_area"] < 1e-3
    assert "<svg" in (folder / "card.html").read_text(encoding="utf-8")
    checked = run(
        "check_unit_grids",
        INPUT=str(cells),
        COMMUNITIES=city("community"),
        FINDINGS=str(folder / "findings.gpkg"),
        REPORT=str(folder / "report.html"),
        REPORT_JSON=str(folder / "report.json"),
    )
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert checked["ERROR_COUNT"] == report["counts"]["error"] == 0


def test_numbering_keeps_the_codes_that_are_there(run, city, cells, folder):
    done = run(
        "number_unit_grids",
        INPUT=str(cells),
        COMMUNITIES=city("community"),
        OUTPUT=str(folder / "numbered.gpkg"),
    )
    assert done["NUMBERED"] == 0
    before = {f["grid_code"]: f.geometry().asWkb() for f in features(cells)}
    after = {f["grid_code"]: f.geometry().asWkb() for f in features(folder / "numbered.gpkg")}
    assert before == after


@pytest.fixture
def components(run, city, cells, folder):
    """The town's survey, imported, placed and numbered."""
    path = folder / "components.gpkg"
    if not path.exists():
        done = run(
            "import_components",
            INPUT=city("survey"),
            OUTPUT=str(folder / "imported.gpkg"),
            REJECTED=str(folder / "rejected.gpkg"),
            REPORT=str(folder / "import.json"),
        )
        delivered = len(features(city("survey")))
        assert done["ACCEPTED_COUNT"] + done["REJECTED_COUNT"] == delivered
        assert done["ACCEPTED_COUNT"] == delivered
        placed = run(
            "assign_unit_grids",
            INPUT=str(folder / "imported.gpkg"),
            GRIDS=str(cells),
            COMMUNITIES=city("community"),
            OUTPUT=str(folder / "assigned.gpkg"),
        )
        assert placed["OUTSIDE"] == 0
        run("number_components", INPUT=str(folder / "assigned.gpkg"), OUTPUT=str(path))
    return path


def test_components_are_placed_numbered_and_right(run, city, cells, components, folder):
    rows = features(components)
    codes = [f["component_code"] for f in rows]
    assert len(set(codes)) == len(codes)
    shapes = {f["grid_code"]: f.geometry() for f in features(cells)}
    assert all(shapes[f["grid_code"]].intersects(f.geometry()) for f in rows)
    checked = run(
        "check_components",
        INPUT=str(components),
        GRIDS=str(cells),
        DEPARTMENTS=city("department"),
        FINDINGS=str(folder / "cf.gpkg"),
    )
    assert checked["ERROR_COUNT"] == 0


def test_everything_reaches_the_platform_and_comes_back(
    run, city, cells, components, folder, platform
):
    run("install_platform", CONNECTION=platform, SRID=4545)
    sources = {
        "department": city("department"),
        "community": city("community"),
        "unit_grid": str(cells),
        "component": str(components),
    }
    for kind, source in sources.items():
        first = run("push_to_platform", CONNECTION=platform, KIND=kind, INPUT=source)
        assert first["INSERTED"] == len(features(source)), kind
        again = run("push_to_platform", CONNECTION=platform, KIND=kind, INPUT=source)
        assert (again["INSERTED"], again["UPDATED"], again["DELETED"]) == (0, 0, 0), kind
        assert again["UNCHANGED"] == first["INSERTED"]
    pulled = folder / "pulled.gpkg"
    run("pull_from_platform", CONNECTION=platform, KIND="component", OUTPUT=str(pulled))
    ours = {f["component_code"]: f for f in features(components)}
    theirs = {f["component_code"]: f for f in features(pulled)}
    assert ours.keys() == theirs.keys()
    code = next(iter(ours))
    assert theirs[code].geometry().equals(ours[code].geometry())
    assert theirs[code]["component_name"] == ours[code]["component_name"]
    assert theirs[code]["first_date"] == ours[code]["first_date"]


def test_a_push_is_listed_and_taken_back(run, city, folder, platform):
    run("install_platform", CONNECTION=platform, SRID=4545)
    pushed = run("push_to_platform", CONNECTION=platform, KIND="community", INPUT=city("community"))
    run("revert_push", CONNECTION=platform, BATCH_ID=pushed["BATCH_ID"])
    done = run("list_pushes", CONNECTION=platform, OUTPUT=str(folder / "pushes.gpkg"))
    assert done["COUNT"] == 2
    states = {f["operation"]: f["state"] for f in features(folder / "pushes.gpkg")}
    assert states == {"push": "reverted", "revert": "done"}
    again = run("push_to_platform", CONNECTION=platform, KIND="community", INPUT=city("community"))
    assert again["INSERTED"] == pushed["INSERTED"]


def test_a_dry_run_lists_differences_and_writes_nothing(run, city, folder, platform):
    run("install_platform", CONNECTION=platform, SRID=4545)
    dry = run(
        "push_to_platform",
        CONNECTION=platform,
        KIND="community",
        INPUT=city("community"),
        MODE="dry_run",
        DIFFERENCES=str(folder / "differences.gpkg"),
    )
    rows = features(folder / "differences.gpkg")
    assert len(rows) == dry["INSERTED"] == len(features(city("community")))
    assert {f["operation"] for f in rows} == {"added"}
    pushed = run("push_to_platform", CONNECTION=platform, KIND="community", INPUT=city("community"))
    assert pushed["INSERTED"] == dry["INSERTED"]


def test_errors_stop_a_push_and_are_found(run, dirty_city, folder, platform):
    run("install_platform", CONNECTION=platform, SRID=4545)
    checked = run(
        "check_components",
        INPUT=dirty_city("component"),
        GRIDS=dirty_city("unit_grid"),
        DEPARTMENTS=dirty_city("department"),
        FINDINGS=str(folder / "dirty.gpkg"),
    )
    assert checked["ERROR_COUNT"] > 0
    found = features(folder / "dirty.gpkg")
    assert all(f["message"] for f in found)
    with pytest.raises(QgsProcessingException, match="Nothing was pushed"):
        run(
            "push_to_platform",
            CONNECTION=platform,
            KIND="component",
            INPUT=dirty_city("component"),
            FINDINGS=str(folder / "push_findings.gpkg"),
        )
    assert features(folder / "push_findings.gpkg")
    done = run("pull_from_platform", CONNECTION=platform, KIND="component", OUTPUT="memory:")
    assert done["ROWS"] == 0


def test_findings_go_into_a_temporary_layer(run, dirty_city):
    checked = run("check_components", INPUT=dirty_city("component"), FINDINGS="memory:")
    layer = QgsProcessingUtils.mapLayerFromString(checked["FINDINGS"], run.context)
    assert layer.featureCount() >= checked["ERROR_COUNT"] > 0


def test_safe_fixes_are_applied_once(run, dirty_city, folder):
    findings = str(folder / "to_fix.gpkg")
    before = run("check_components", INPUT=dirty_city("component"), FINDINGS=findings)
    fixed = run(
        "apply_fixes",
        INPUT=dirty_city("component"),
        FINDINGS=findings,
        OUTPUT=str(folder / "fixed.gpkg"),
    )
    assert fixed["FIXED"] > 0
    after = run(
        "check_components", INPUT=str(folder / "fixed.gpkg"), FINDINGS=str(folder / "left.gpkg")
    )
    total = before["ERROR_COUNT"] + before["WARNING_COUNT"]
    assert after["ERROR_COUNT"] + after["WARNING_COUNT"] < total
    again = run(
        "apply_fixes",
        INPUT=str(folder / "fixed.gpkg"),
        FINDINGS=findings,
        OUTPUT=str(folder / "fixed2.gpkg"),
    )
    assert again["FIXED"] == 0


def test_risks_are_scored_checked_and_counted(run, city, folder):
    scored = run(
        "score_risks",
        INPUT=city("risk"),
        OUTPUT=str(folder / "risk.gpkg"),
        HISTORY=str(folder / "history.gpkg"),
    )
    rows = features(folder / "risk.gpkg")
    assert sum(scored[level] for level in ("RED", "ORANGE", "YELLOW", "BLUE")) == len(rows)
    for row in rows:
        product = row["likelihood"] * row["exposure"] * row["consequence"]
        assert row["score"] == pytest.approx(product)
        expected = (
            "red" if product >= 320 else "orange" if product >= 160 else
            "yellow" if product >= 70 else "blue"
        )  # fmt: skip
        assert row["level"] == expected
    checked = run("check_risks", INPUT=str(folder / "risk.gpkg"), FINDINGS="memory:")
    assert checked["ERROR_COUNT"] == 0
    counted = run(
        "aggregate_risks",
        INPUT=str(folder / "risk.gpkg"),
        AREAS=city("unit_grid"),
        OUTPUT=str(folder / "areas.gpkg"),
    )
    areas = features(folder / "areas.gpkg")
    assert sum(f["risks"] for f in areas) == counted["COUNTED"]
    assert sum(f["red"] for f in areas) == scored["RED"]


def test_risks_placed_in_cells_stay_risks(run, city, folder):
    done = run(
        "assign_unit_grids",
        INPUT=city("risk"),
        GRIDS=city("unit_grid"),
        OUTPUT=str(folder / "placed_risks.gpkg"),
    )
    before, after = features(city("risk")), features(folder / "placed_risks.gpkg")
    assert done["ASSIGNED"] == len(after) == len(before)
    assert after[0].fields().names() == before[0].fields().names()


def test_rules_are_listed(run, folder):
    done = run("list_rules", OUTPUT=str(folder / "rules.csv"))
    lines = (folder / "rules.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "rule,severity,subject,title_en,title_zh,parameters"
    assert done["RULE_COUNT"] == len(lines) - 1 >= 60
