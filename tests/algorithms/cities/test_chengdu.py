"""Chengdu: a district of 2007 becomes one of 2026, with 细类 and lineage, and uploads."""

import json
from collections import Counter
from pathlib import Path

import pytest
from qgis.core import (
    Qgis,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsField,
    QgsFields,
    QgsProcessingException,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QMetaType
from wangge.plugin.standards.crosswalk import Passage, crosswalk

OLD_CLASS = {
    entry.target: old
    for old, entry in crosswalk("cjt214_2007").items()
    if entry.kind in (Passage.SAME, Passage.RENAMED)
}
LAMPS = {"单臂路灯": "0103701", "双臂路灯": "0103702", "高杆路灯": "0103703"}
RULES = "old_class_code,new_class_code,field,contains\n" + "".join(
    f"{OLD_CLASS['01037']},{code},note,{name[:2]}\n" for name, code in LAMPS.items()
)
COLUMNS = [
    "ObjID",
    "ObjName",
    "DeptCode1",
    "DeptName1",
    "BGID",
    "ObjState",
    "ORDate",
    "CHDate",
    "Note",
]


def rows_of(source):
    layer = QgsVectorLayer(str(source), "layer", "ogr")
    assert layer.isValid(), source
    return list(layer.getFeatures())


@pytest.fixture
def chengdu(profile_here):
    return profile_here("chengdu")


@pytest.fixture
def survey_of_2007(city, tmp_path):
    """The town's points as the trade standard had them: a shapefile in GBK, 14-digit cells."""
    fields = QgsFields()
    for name in COLUMNS:
        fields.append(QgsField(name, QMetaType.Type.QString, len=100))
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.fileEncoding = "ESRI Shapefile", "GBK"
    source = QgsVectorLayer(city("component"), "component", "ogr")
    path = tmp_path / "部件2007.shp"
    writer = QgsVectorFileWriter.create(
        str(path),
        fields,
        Qgis.WkbType.Point,
        source.crs(),
        QgsCoordinateTransformContext(),
        options,
    )
    kinds = Counter()
    for row in source.getFeatures():
        old = OLD_CLASS.get(row["class_code"])
        if old is None or row.geometry().type() != Qgis.GeometryType.Point:
            continue
        kinds[old] += 1
        name = list(LAMPS)[kinds[old] % 3] if row["class_code"] == "01037" else ""
        grid = row["grid_code"]
        feature = QgsFeature(fields)
        feature.setAttributes(
            [
                f"{grid[:6]}{old}{kinds[old]:06d}",
                row["component_name"],
                row["authority_code"],
                row["authority_name"],
                grid[:12] + grid[13:],
                row["status"],
                row["first_date"].toString("yyyyMMdd"),
                row["changed_date"].toString("yyyyMMdd") if row["changed_date"] else "",
                name,
            ]
        )
        feature.setGeometry(row.geometry())
        assert writer.addFeature(feature)
    del writer
    return path, kinds


@pytest.fixture
def district(run, city, chengdu, tmp_path, survey_of_2007):
    """The district of 2026; returns its layer and the counts of its old classes."""
    survey, kinds = survey_of_2007
    imported = run(
        "import_components",
        INPUT=str(survey),
        STANDARD="cjt214_2007",
        OUTPUT=str(tmp_path / "old.gpkg"),
        REJECTED=str(tmp_path / "rejected.gpkg"),
        REPORT=str(tmp_path / "import.json"),
    )
    assert (imported["ACCEPTED_COUNT"], imported["REJECTED_COUNT"]) == (kinds.total(), 0)
    assert json.loads((tmp_path / "import.json").read_text("utf-8"))["encoding"].upper() in (
        "GBK",
        "GB18030",
        "CP936",
    )
    rules = tmp_path / "rules.csv"
    rules.write_text(RULES, encoding="utf-8")
    rules.with_suffix(".csvt").write_text(",".join(['"String"'] * 4))
    done = run(
        "migrate_standard",
        INPUT=str(tmp_path / "old.gpkg"),
        FROM="cjt214_2007",
        PROFILE=chengdu,
        RULES=str(rules),
        OUTPUT=str(tmp_path / "new.gpkg"),
        REVIEW=str(tmp_path / "review.gpkg"),
        LINEAGE=str(tmp_path / "lineage.gpkg"),
    )
    assert (done["INPUT_COUNT"], done["MIGRATED"], done["REVIEW_COUNT"]) == (
        kinds.total(),
        kinds.total(),
        0,
    )
    return tmp_path / "new.gpkg", kinds


def test_every_lamp_gets_its_subclass_and_every_row_keeps_its_old_code(district, tmp_path):
    layer, kinds = district
    rows = rows_of(layer)
    lamps = [r for r in rows if r["class_code"] == "01037"]
    assert len(lamps) == kinds[OLD_CLASS["01037"]] > 30
    for lamp in lamps:
        assert LAMPS[lamp["note"]] == lamp["subclass_code"]
    assert not any(r["subclass_code"] for r in rows if r["class_code"] != "01037")
    lineage = {r["new_code"]: r["old_code"] for r in rows_of(tmp_path / "lineage.gpkg")}
    assert len(lineage) == len(rows)
    for row in rows:
        assert lineage[row["component_code"]] == row["old_component_code"]
        assert (len(row["component_code"]), len(row["grid_code"])) == (17, 15)


def test_the_district_passes_the_check_and_uploads_on_a_timer(
    run, city, chengdu, district, tmp_path, platform, monkeypatch
):
    layer, kinds = district
    checked = run(
        "check_components",
        INPUT=str(layer),
        GRIDS=city("unit_grid"),
        DEPARTMENTS=city("department"),
        PROFILE=chengdu,
        FINDINGS=str(tmp_path / "findings.gpkg"),
    )
    wrong = [(f["rule"], f["message"]) for f in rows_of(tmp_path / "findings.gpkg")]
    assert checked["ERROR_COUNT"] == 0, wrong[:5]

    outbox = tmp_path / "outbox"
    night = {"KIND": "component", "INPUT": str(layer), "PROFILE": chengdu}
    run("install_platform", CONNECTION=platform, SRID=4545, PROFILE=chengdu)
    for kind in ("department", "community", "unit_grid"):
        run(
            "push_to_platform",
            CONNECTION=platform,
            KIND=kind,
            INPUT=city(kind),
            PROFILE=chengdu,
        )
    # The first night the line is down, the second the outbox is delivered, the third all is known.
    down = tmp_path / "down.conf"
    down.write_text("[wangge]\nhost=127.0.0.1\nport=1\nuser=x\ndbname=x\n")
    with monkeypatch.context() as at_night:
        at_night.setenv("PGSERVICEFILE", str(down))
        kept = run("push_to_platform", CONNECTION=platform, OUTBOX=str(outbox), **night)
    assert Path(kept["PACKAGE"]).parent == outbox
    with pytest.raises(QgsProcessingException, match="old_component_code"):
        run("deliver_outbox", CONNECTION=platform, FOLDER=str(outbox))
    done = run("deliver_outbox", CONNECTION=platform, FOLDER=str(outbox), PROFILE=chengdu)
    assert (done["DELIVERED"], done["ROWS"]) == (1, kinds.total())
    again = run("push_to_platform", CONNECTION=platform, **night)
    assert (again["UNCHANGED"], again["INSERTED"], again["UPDATED"]) == (kinds.total(), 0, 0)
    pulled = tmp_path / "pulled.gpkg"
    run(
        "pull_from_platform",
        CONNECTION=platform,
        KIND="component",
        PROFILE=chengdu,
        OUTPUT=str(pulled),
    )
    names = ("component_code", "subclass_code", "old_component_code", "grid_code")
    ours, theirs = (sorted(tuple(r[n] for n in names) for r in rows_of(p)) for p in (layer, pulled))
    assert [tuple(v or "" for v in r) for r in ours] == [tuple(v or "" for v in r) for r in theirs]


def test_a_subclass_the_city_does_not_have_is_refused(run, chengdu, tmp_path, survey_of_2007):
    survey, _ = survey_of_2007
    run(
        "import_components",
        INPUT=str(survey),
        STANDARD="cjt214_2007",
        OUTPUT=str(tmp_path / "old.gpkg"),
    )
    rules = tmp_path / "rules.csv"
    rules.write_text("old_class_code,new_class_code\n0101,0100199\n", encoding="utf-8")
    rules.with_suffix(".csvt").write_text('"String","String"')
    with pytest.raises(QgsProcessingException, match="0100199"):
        run(
            "migrate_standard",
            INPUT=str(tmp_path / "old.gpkg"),
            FROM="cjt214_2007",
            PROFILE=chengdu,
            RULES=str(rules),
            OUTPUT=str(tmp_path / "new.gpkg"),
            REVIEW=str(tmp_path / "review.gpkg"),
        )
    assert not (tmp_path / "new.gpkg").exists()
