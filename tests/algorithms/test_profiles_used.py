"""What a profile says is done by the algorithms that are given it."""

from qgis.core import QgsVectorLayer


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
