"""Census algorithms whose results do not fit on the disk: a sentence, nothing half-done."""

import json

import pytest
from qgis.core import QgsProcessingException


def refused(run, name, **parameters):
    with pytest.raises(QgsProcessingException) as caught:
        run(name, **parameters)
    text = str(caught.value)
    assert "Traceback" not in text
    assert "went wrong inside" not in text
    return text


def left(disk):
    return [p.name for p in disk.rglob("*") if p.is_file()]


def make_delivery(path, rows=3000):
    lines = [
        {
            "type": "Feature",
            "properties": {"ObjID": f"5001120101{i:06d}", "Note": "路口东侧" * 20},
            "geometry": {"type": "Point", "coordinates": [106.5 + i / 1e5, 29.6123456]},
        }
        for i in range(rows)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": lines}), encoding="utf-8")
    return path


@pytest.mark.parametrize("kilobytes", [20, 300])
def test_an_import_that_does_not_fit_leaves_no_half_file(run, tmp_path, small_disk, kilobytes):
    disk = small_disk(kilobytes)
    delivery = make_delivery(tmp_path / "delivery.geojson")
    text = refused(
        run, "import_components", INPUT=str(delivery), OUTPUT=str(disk / "components.gpkg")
    )
    assert "components" in text
    assert left(disk) == []


@pytest.mark.parametrize("kilobytes", [60, 400])
def test_a_census_project_that_does_not_fit_leaves_nothing(run, city, small_disk, kilobytes):
    disk = small_disk(kilobytes)
    refused(
        run,
        "create_census_project",
        FOLDER=str(disk / "census"),
        GRIDS=city("unit_grid"),
        COMPONENTS=city("component"),
    )
    assert left(disk) == []


@pytest.mark.parametrize("kilobytes", [60, 400])
def test_packages_that_do_not_fit_leave_nothing(run, city, tmp_path, small_disk, kilobytes):
    made = run(
        "create_census_project",
        FOLDER=str(tmp_path / "census"),
        GRIDS=city("unit_grid"),
        COMPONENTS=city("component"),
    )
    disk = small_disk(kilobytes)
    refused(
        run,
        "pack_field_packages",
        INPUT=f"{made['GEOPACKAGE']}|layername=component",
        GRIDS=city("unit_grid"),
        TEAM_COUNT=2,
        FOLDER=str(disk / "packages"),
    )
    assert left(disk) == []


def test_an_acceptance_report_that_does_not_fit_is_told(run, city, tmp_path, small_disk):
    paths = {n: str(tmp_path / f"{n}.gpkg") for n in ("OUTPUT", "CELLS", "BLIND")}
    run("draw_quality_sample", INPUT=city("component"), GRIDS=city("unit_grid"), **paths)
    given = {"SAMPLE": paths["OUTPUT"], "CHECKED": paths["OUTPUT"]}
    disk = small_disk(4)
    (disk / "ballast").write_bytes(b"x" * 4096)
    for name, suffix in (("REPORT", "html"), ("REPORT_PDF", "pdf")):
        report = str(disk / f"report.{suffix}")
        text = refused(run, "score_quality_sample", **given, **{name: report})
        assert "make room" in text
        assert left(disk) == ["ballast"]
    whole = tmp_path / "report.pdf"
    run("score_quality_sample", **given, REPORT_PDF=str(whole))
    assert whole.read_bytes().rstrip().endswith(b"%%EOF")
