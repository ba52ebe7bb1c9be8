"""Components of 2007 become components of 2026; what nobody can decide waits."""

import shutil
from collections import Counter

import pytest
from qgis.core import (
    QgsFeature,
    QgsProcessingException,
    QgsVectorLayer,
)

NAMES = ("ObjID", "class_code", "ObjName", "BGID", "uuid")


def features(path):
    layer = QgsVectorLayer(str(path), "layer", "ogr")
    assert layer.isValid(), path
    return list(layer.getFeatures())


@pytest.fixture
def old(city):
    """The town's components as a survey of 2007, with some classes that have no one way."""
    fields = "".join(f"&field={n}:string(40)" for n in NAMES)
    layer = QgsVectorLayer(f"Point?crs=EPSG:4545{fields}", "部件2007", "memory")
    awkward = ["0117", "0306", "0502", "0999"]
    rows = []
    for i, component in enumerate(features(city("component"))[:200]):
        code = component["component_code"]
        kind = awkward[i] if i < len(awkward) else code[6:8] + code[9:11]
        grid = component["grid_code"]
        feature = QgsFeature(layer.fields())
        feature.setAttributes(
            [
                f"{code[:6]}{kind}{code[11:]}",
                kind,
                "",
                grid[:12] + grid[13:],
                component["uuid"] if i % 2 else None,
            ]
        )
        feature.setGeometry(component.geometry())
        rows.append(feature)
    layer.dataProvider().addFeatures(rows)
    return layer


@pytest.fixture
def migrate(run, old, tmp_path):
    def _migrate(**options):
        options = {
            "OUTPUT": str(tmp_path / "new.gpkg"),
            "REVIEW": str(tmp_path / "review.gpkg"),
            **options,
        }
        return run("migrate_standard", INPUT=old, **options)

    return _migrate


def test_every_row_is_migrated_or_waits_and_keeps_its_old_code(migrate, old, run, tmp_path):
    done = migrate(LINEAGE=str(tmp_path / "lineage.gpkg"), REPORT=str(tmp_path / "report.html"))
    out, review = features(tmp_path / "new.gpkg"), features(tmp_path / "review.gpkg")
    assert done["INPUT_COUNT"] == 200 == len(out) + len(review)
    assert (done["MIGRATED"], done["REVIEW_COUNT"]) == (len(out), len(review))
    before = sorted(f["ObjID"] for f in old.getFeatures())
    assert (
        sorted([f["old_component_code"] for f in out] + [f["component_code"] for f in review])
        == before
    )
    assert Counter(f["kind"] for f in review) == {
        "split": 1,
        "manual": 1,
        "none": 1,
        "unknown": 1,
    }
    split = next(f for f in review if f["kind"] == "split")
    assert split["candidates"].split() == ["01030", "01031", "01032", "01033", "01034"]
    codes = [f["component_code"] for f in out]
    assert len(set(codes)) == len(codes)
    for row in out:
        assert row["component_code"].startswith(row["grid_code"][:6] + row["class_code"])
        assert (len(row["component_code"]), len(row["grid_code"])) == (17, 15)
        assert row["standard"] == "gbt47678_5_2026"
    lineage = {f["old_code"]: f["new_code"] for f in features(tmp_path / "lineage.gpkg")}
    assert lineage == {f["old_component_code"]: f["component_code"] for f in out}
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "01030" in page
    assert "0117" in page
    run(
        "check_components",
        INPUT=str(tmp_path / "new.gpkg"),
        FINDINGS=str(tmp_path / "findings.gpkg"),
    )
    wrong = {f["field"] for f in features(tmp_path / "findings.gpkg") if f["severity"] == "error"}
    assert not wrong & {"component_code", "class_code", "grid_code", "component_name"}


def test_decisions_in_the_review_layer_are_carried_out(migrate, tmp_path):
    migrate()
    decided = tmp_path / "decided.gpkg"
    shutil.copy(tmp_path / "review.gpkg", decided)
    layer = QgsVectorLayer(str(decided), "decided", "ogr")
    index = layer.fields().lookupField("decision")
    choices = {"split": "01031", "none": "retire"}
    layer.startEditing()
    for feature in layer.getFeatures():
        if feature["kind"] in choices:
            layer.changeAttributeValue(feature.id(), index, choices[feature["kind"]])
    assert layer.commitChanges()
    done = migrate(DECISIONS=str(decided), REVIEW=str(tmp_path / "left.gpkg"))
    assert (done["MIGRATED"], done["REVIEW_COUNT"], done["RETIRED"]) == (197, 3, 1)
    out = {f["old_component_code"]: f for f in features(tmp_path / "new.gpkg")}
    split = next(f for f in features(decided) if f["kind"] == "split")
    assert out[split["component_code"]]["class_code"] == "01031"
    left = {f["kind"]: f["decision"] for f in features(tmp_path / "left.gpkg")}
    assert left["retired"] == "retire"


def table(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    width = len(text.splitlines()[0].split(","))
    path.with_suffix(".csvt").write_text(",".join(['"String"'] * width))
    return str(path)


def test_rules_decide_whole_classes(migrate, tmp_path):
    rules = table(tmp_path, "rules.csv", "old_class_code,new_class_code\n0117,01030\n0502,retire\n")
    done = migrate(RULES=rules)
    assert (done["MIGRATED"], done["REVIEW_COUNT"], done["RETIRED"]) == (197, 3, 1)
    wrong = table(tmp_path, "wrong.csv", "old_class_code,new_class_code\n0117,99999\n")
    with pytest.raises(QgsProcessingException, match="99999"):
        migrate(RULES=wrong)


def test_a_city_brings_its_own_crosswalk(migrate, tmp_path):
    own = table(tmp_path, "own.csv", "from_code,to_codes,kind\n0402,04002,same\n0999,01001,same\n")
    done = migrate(CROSSWALK=own)
    classes = {f["class_code"] for f in features(tmp_path / "new.gpkg")}
    assert "01001" in classes
    assert done["MIGRATED"] + done["REVIEW_COUNT"] == 200
    broken = table(tmp_path, "broken.csv", "from_code,to_codes,kind\n0402,4002,same\n")
    with pytest.raises(QgsProcessingException, match="Line 2"):
        migrate(CROSSWALK=broken)


def test_the_edition_of_2013_goes_the_same_way(migrate, run):
    done = migrate(FROM="gbt30428_2_2013")
    assert done["MIGRATED"] + done["REVIEW_COUNT"] == 200
    assert done["MIGRATED"] > 150
    assert any("provisional" in w for w in run.log.warnings)


def test_there_is_no_way_back(migrate):
    with pytest.raises(QgsProcessingException, match="newer edition"):
        migrate(FROM="gbt47678_5_2026", TO="cjt214_2007")


def test_codes_can_wait(migrate, tmp_path):
    migrate(NUMBER=False)
    assert not any(f["component_code"] for f in features(tmp_path / "new.gpkg"))
