"""A sample is drawn, surveyed again with known mistakes, and scored; progress is reported."""

from collections import Counter

import pytest
from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsProcessingException, QgsVectorLayer


def features(path):
    layer = QgsVectorLayer(str(path), "layer", "ogr")
    assert layer.isValid(), path
    return list(layer.getFeatures())


@pytest.fixture
def sample(run, city, tmp_path):
    """Draw cells of the town; return outputs and a function to their paths."""
    paths = {n: str(tmp_path / f"{n}.gpkg") for n in ("OUTPUT", "CELLS", "BLIND")}
    done = run(
        "draw_quality_sample",
        INPUT=city("component"),
        GRIDS=city("unit_grid"),
        REPORT=str(tmp_path / "sample.html"),
        **paths,
    )
    return done, paths


def test_cells_are_drawn_lot_by_lot(sample, city, tmp_path, run):
    done, paths = sample
    cells, rows = features(paths["CELLS"]), features(paths["OUTPUT"])
    assert (len(cells), len(rows)) == (done["CELL_COUNT"], done["SAMPLE_COUNT"])
    lots = Counter(c["lot"] for c in cells)
    assert len(lots) == done["LOT_COUNT"]
    assert all(lot.startswith(c["grid_code"][:9]) for c in cells for lot in [c["lot"]])
    drawn = {c["grid_code"]: c["lot"] for c in cells}
    expected = [f for f in features(city("component")) if f["grid_code"] in drawn]
    assert {r["uuid"]: r["lot"] for r in rows} == {
        f["uuid"]: drawn[f["grid_code"]] for f in expected
    }
    assert features(paths["BLIND"]) == []
    assert next(iter(lots)) in (tmp_path / "sample.html").read_text(encoding="utf-8")
    again = str(tmp_path / "again.gpkg")
    run("draw_quality_sample", INPUT=city("component"), GRIDS=city("unit_grid"), OUTPUT=again)
    assert {f["uuid"] for f in features(again)} == {f["uuid"] for f in rows}


def test_single_components_are_drawn_and_shown_bare(run, city, tmp_path):
    blind = str(tmp_path / "blind.gpkg")
    done = run(
        "draw_quality_sample",
        INPUT=city("component"),
        GRIDS=city("unit_grid"),
        METHOD="components",
        SIZE=50,
        OUTPUT=str(tmp_path / "sample.gpkg"),
        BLIND=blind,
    )
    assert done["SAMPLE_COUNT"] == 50
    rows = features(blind)
    assert len(rows) == 50
    assert all(r["uuid"] and not r["class_code"] and not r["status"] for r in rows)


def survey(path, change):
    """A second survey: the sample's rows as a memory layer, changed by a function."""
    source = QgsVectorLayer(path, "sample", "ogr")
    layer = QgsVectorLayer(f"Point?crs={source.crs().authid()}", "second", "memory")
    kept = ("uuid", "class_code", "status", "accuracy", "grid_code")
    layer.dataProvider().addAttributes([source.fields().field(n) for n in kept])
    layer.updateFields()
    rows = []
    for found in source.getFeatures():
        row = QgsFeature(layer.fields())
        row.setAttributes([found[n] for n in kept])
        row.setGeometry(found.geometry())
        rows.append(row)
    layer.dataProvider().addFeatures(change(rows))
    return layer


def test_a_second_survey_that_agrees_accepts_every_lot(run, sample, tmp_path):
    done, paths = sample
    scored = run(
        "score_quality_sample",
        SAMPLE=paths["OUTPUT"],
        CHECKED=survey(paths["OUTPUT"], lambda rows: rows),
        DIFFERENCES=str(tmp_path / "differences.gpkg"),
    )
    assert scored["ACCEPTED_LOTS"] == scored["LOT_COUNT"] == done["LOT_COUNT"]
    assert scored["MATCHED"] == done["SAMPLE_COUNT"]
    assert scored["OMISSION"] == scored["POSITION_ERROR"] == 0
    assert features(tmp_path / "differences.gpkg") == []


def test_mistakes_are_counted_told_and_shown(run, sample, tmp_path):
    done, paths = sample
    total = done["SAMPLE_COUNT"]

    def change(rows):
        for row in rows[:3]:
            row["class_code"] = "01001"
        for row in rows[3:8]:
            point = row.geometry().asPoint()
            row.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(point.x() + 30, point.y())))
        rows[8]["status"] = "破损" if rows[8]["status"] != "破损" else "完好"
        new = []
        for row in rows[10:14]:
            point = row.geometry().asPoint()
            more = QgsFeature(row)
            more["uuid"] = None
            more["grid_code"] = None
            more["class_code"] = "02001"
            more.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(point.x() + 0.2, point.y())))
            new.append(more)
        return rows[:-2] + new

    scored = run(
        "score_quality_sample",
        SAMPLE=paths["OUTPUT"],
        CHECKED=survey(paths["OUTPUT"], change),
        CELLS=paths["CELLS"],
        DIFFERENCES=str(tmp_path / "differences.gpkg"),
        REPORT=str(tmp_path / "report.html"),
        REPORT_PDF=str(tmp_path / "report.pdf"),
    )
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    assert scored["UNPLACED"] == 0
    found = Counter(f["difference"] for f in features(tmp_path / "differences.gpkg"))
    assert found["omitted"] == 4
    assert found["surplus"] == 2
    assert found["position"] == 5
    assert found["attribute"] == 1
    assert scored["MATCHED"] == total - 2
    assert scored["OMISSION"] == pytest.approx(4 / (total + 2))
    assert scored["COMMISSION"] == pytest.approx(2 / total)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "RMSE" in page
    strict = run(
        "score_quality_sample",
        SAMPLE=paths["OUTPUT"],
        CHECKED=survey(paths["OUTPUT"], change),
        CELLS=paths["CELLS"],
        OMISSION_LIMIT=0,
        POSITION_ERROR_LIMIT=0,
    )
    assert strict["ACCEPTED_LOTS"] < strict["LOT_COUNT"]


def test_a_sample_without_lots_is_refused(run, city):
    with pytest.raises(QgsProcessingException, match="lot"):
        run("score_quality_sample", SAMPLE=city("component"), CHECKED=city("component"))


def test_progress_counts_cells_teams_classes_and_days(run, city, tmp_path):
    paths = {
        n: str(tmp_path / f"{n}.gpkg")
        for n in ("OUTPUT", "BY_COMMUNITY", "BY_CLASS", "BY_TEAM", "BY_DAY")
    }
    done = run(
        "report_census_progress",
        INPUT=city("component"),
        GRIDS=city("unit_grid"),
        TEAMS="community_code",
        EXPECTED=city("component"),
        REPORT=str(tmp_path / "progress.html"),
        **paths,
    )
    rows = features(city("component"))
    assert done["SURVEYED"] == len(rows)
    assert done["SHARE"] == 1.0
    cells = features(paths["OUTPUT"])
    per_cell = Counter(f["grid_code"] for f in rows)
    assert {c["grid_code"]: c["surveyed"] for c in cells if c["surveyed"]} == per_cell
    assert done["CELLS_BEGUN"] == len(per_cell)
    assert all(not c["expected"] or c["expected"] > 0 for c in cells)
    by_class = {f["class_code"]: f["surveyed"] for f in features(paths["BY_CLASS"])}
    assert by_class == Counter(f["class_code"] for f in rows)
    teams = {f["team"]: f["surveyed"] for f in features(paths["BY_TEAM"])}
    assert teams == Counter(f["grid_code"][:12] for f in rows)
    days = features(paths["BY_DAY"])
    assert days[-1]["total"] == len(rows)
    page = (tmp_path / "progress.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 2


def test_progress_without_components_is_a_report_too(run, city, tmp_path):
    empty = QgsVectorLayer("Point?crs=EPSG:4545&field=grid_code:string(15)", "leer", "memory")
    done = run(
        "report_census_progress",
        INPUT=empty,
        GRIDS=city("unit_grid"),
        OUTPUT="memory:",
        REPORT=str(tmp_path / "progress.html"),
    )
    assert (done["SURVEYED"], done["CELLS_BEGUN"]) == (0, 0)
    assert (tmp_path / "progress.html").exists()
