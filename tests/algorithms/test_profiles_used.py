"""What a profile says is done by the algorithms that are given it."""

import pytest
from qgis.core import QgsFeature, QgsGeometry, QgsVectorLayer


@pytest.fixture
def profile(tmp_path):
    """Write a profile with tolerances of its own and return its path."""

    def write(**tolerances):
        lines = "".join(f"{name} = {value}\n" for name, value in tolerances.items())
        path = tmp_path / "own.toml"
        head = 'id = "own"\ntitle_en = "Own"\ntitle_zh = "自有"\n[tolerances]\n'
        path.write_text(head + lines, encoding="utf-8")
        return str(path)

    return write


def make_layer(kind, fields, rows):
    """Make a layer in memory from rows of WKT and values."""
    layer = QgsVectorLayer(f"{kind}?crs=EPSG:4545&{fields}", "layer", "memory")
    assert layer.isValid()
    made = []
    for wkt, *values in rows:
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        feature.setAttributes(values)
        made.append(feature)
    assert layer.dataProvider().addFeatures(made)[0]
    return layer


def box(west, south, east, north):
    corners = (west, south), (east, south), (east, north), (west, north), (west, south)
    return f"POLYGON(({','.join(f'{x} {y}' for x, y in corners)}))"


def community():
    fields = "field=community_code:string(12)&field=community_name:string(50)"
    whole = box(500_000, 3_000_000, 500_400, 3_000_200)
    return make_layer("Polygon", fields, [(whole, "510104001001", "一社区")])


def test_cells_are_as_large_as_the_profile_says_unless_told(run, profile, tmp_path):
    street = make_layer(
        "LineString", "field=id:int", [("LINESTRING(500200 2999990, 500200 3000210)", 1)]
    )
    given = {"COMMUNITIES": community(), "BARRIERS": [street]}

    def cut(**more):
        return run("partition_unit_grids", **given, OUTPUT="memory:", **more)["CELL_COUNT"]

    assert cut() == 8  # 80,000 m²
    assert cut(PROFILE=profile(target_area_m2=20_000)) == 4
    assert cut(PROFILE=profile(target_area_m2=20_000), TARGET_AREA=10_000) == 8
    batch = {"JOB": "partition_unit_grids", **given, "OUTPUT": str(tmp_path / "table.csv")}
    run("run_city_batch", **batch, PROFILE=profile(target_area_m2=20_000), FOLDER=str(tmp_path / "b"),
        RESULT=str(tmp_path / "cells.gpkg"))  # fmt: skip
    assert QgsVectorLayer(str(tmp_path / "cells.gpkg"), "cells", "ogr").featureCount() == 4


def test_a_card_holds_cells_to_the_target_of_the_profile(run, profile):
    halves = [
        (box(500_000, 3_000_000, 500_200, 3_000_200), "510104001001001"),
        (box(500_200, 3_000_000, 500_400, 3_000_200), "510104001001002"),
    ]
    cells = make_layer("Polygon", "field=grid_code:string(15)", halves)
    given = {"INPUT": cells, "COMMUNITIES": community()}
    assert run("score_unit_grids", **given)["SHARE_WITHIN_25"] == 0
    wide = profile(target_area_m2=40_000)
    assert run("score_unit_grids", **given, PROFILE=wide)["SHARE_WITHIN_25"] == 1
    assert run("score_unit_grids", **given, PROFILE=wide, TARGET_AREA=9000)["SHARE_WITHIN_25"] == 0


def test_a_repair_closes_gaps_as_wide_as_the_profile_says(run, profile):
    # Three metres are missing between the two.
    halves = [
        (box(500_000, 3_000_000, 500_199, 3_000_200), "510104001001001"),
        (box(500_202, 3_000_000, 500_400, 3_000_200), "510104001001002"),
    ]
    cells = make_layer("Polygon", "field=grid_code:string(15)", halves)
    given = {"INPUT": cells, "COMMUNITIES": community(), "OUTPUT": "memory:"}
    assert run("repair_unit_grids", **given)["REMAINING"] == 1
    wide = profile(gap_width_m=4)
    assert run("repair_unit_grids", **given, PROFILE=wide)["REMAINING"] == 0
    assert run("repair_unit_grids", **given, PROFILE=wide, MAX_GAP_WIDTH=0.5)["REMAINING"] == 1


def test_positions_are_judged_by_the_accuracy_of_the_profile(run, profile, tmp_path):
    fields = "&".join(
        f"field={name}:string(40)"
        for name in ("uuid", "class_code", "accuracy", "lot", "grid_code")
    )

    def survey(shift):
        return make_layer(
            "Point", fields,
            [(f"POINT({500_000 + 30 * k + shift} 3000000)", f"u{k}", "01001", "A", "1", "510104001001001")
             for k in range(4)],
        )  # fmt: skip

    given = {"SAMPLE": survey(0), "CHECKED": survey(0.8)}
    page = tmp_path / "page.html"
    assert run("score_quality_sample", **given)["POSITION_ERROR"] == 1
    loose = run(
        "score_quality_sample", **given, PROFILE=profile(accuracy_a_m=0.9), REPORT=str(page)
    )
    assert loose["POSITION_ERROR"] == 0
    assert "A (≤ 0.9)" in page.read_text(encoding="utf-8")


def test_risks_are_scored_by_the_scheme_of_the_profile(run, city, tmp_path):
    output = tmp_path / "scored.gpkg"
    run("score_risks", INPUT=city("risk"), OUTPUT=str(output))
    layer = QgsVectorLayer(str(output), "risks", "ogr")
    assert {str(f["scheme"]) for f in layer.getFeatures()} == {"lec@1"}
    other = tmp_path / "other.gpkg"
    run("score_risks", INPUT=city("risk"), PROFILE="chongqing", OUTPUT=str(other))
    layer = QgsVectorLayer(str(other), "risks", "ogr")
    # Factors outside a matrix of five keep the assessment they had; the others are scored by it.
    found = {str(f["scheme"]) for f in layer.getFeatures()}
    assert "matrix_5x5_a@1" in found


def test_the_platform_lies_in_the_schema_of_the_profile(run, platform, tmp_path):
    own = tmp_path / "here.toml"
    own.write_text(
        'id = "here"\ntitle_en = "Here"\ntitle_zh = "这里"\n[push]\nschema = "chengguan"\nsrid = 4545\n',
        encoding="utf-8",
    )
    done = run("install_platform", CONNECTION=platform, PROFILE=str(own))
    assert done["SRID"] == 4545

    import psycopg2

    with psycopg2.connect("service=wangge dbname=wangge") as connection:
        cursor = connection.cursor()
        cursor.execute("SELECT to_regclass('chengguan.unit_grid'), to_regclass('wangge.unit_grid')")
        made, other = cursor.fetchone()
    assert made is not None
    assert other is None
