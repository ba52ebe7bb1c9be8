"""One job for all districts of a city: the same as each alone, whatever fails on the way."""

import csv
import json
import sys
from pathlib import Path

import numpy as np
import pytest
import shapely
from qgis.core import QgsFeatureRequest, QgsProcessingException, QgsVectorLayer

DISTRICTS = ["509901", "509902", "509903", "509904"]


def read_city_layer(text):
    """All rows of a layer as columns."""
    from wangge.plugin.layers.columns import read_columns
    from wangge.plugin.layers.source import LayerSource

    layer = QgsVectorLayer(str(text), "layer", "ogr")
    assert layer.isValid(), text
    return read_columns(LayerSource(layer))


def same_shapes(one, other):
    return bool(shapely.equals_exact(one.shapes, other.shapes, 0.0).all())


def source(path, name):
    return f"{path}|layername={name}"


@pytest.fixture(scope="module")
def big_city(qgis_app, tmp_path_factory):
    """Four districts in one GeoPackage."""
    from wangge.plugin.layers.container import write_container
    from wangge.plugin.sample.city import CRS
    from wangge.plugin.sample.model import CityOptions
    from wangge.plugin.sample.tiles import generate_tiles
    from wangge.plugin.standards.layers import layer as layer_spec

    path = tmp_path_factory.mktemp("bigcity") / "city.gpkg"
    specs = {}

    def parts():
        options = CityOptions(area_km2=1.0, components=800, seed=5, errors=False)
        for city in generate_tiles(options, tile_km2=0.25):
            specs.update({name: layer_spec(name) for name in city.layers})
            yield city.layers

    write_container(path, parts(), specs, CRS)
    return path


@pytest.fixture(scope="module")
def deliveries(big_city, tmp_path_factory):
    """The same city as one GeoPackage a district."""
    from wangge.plugin.layers.container import write_container
    from wangge.plugin.standards.layers import layer as layer_spec

    folder = tmp_path_factory.mktemp("deliveries")
    for code in DISTRICTS:
        layers = {}
        for name in ("community", "unit_grid", "component", "street", "building"):
            rows = read_city_layer(source(big_city, name))
            if name in ("community", "unit_grid"):
                key = rows.text(f"{name.replace('unit_', '')}_code")
                rows = rows.take(np.array([k.startswith(code) for k in key]))
            elif name == "component":
                rows = rows.take(
                    np.array([k.startswith(code) for k in rows.text("community_code")])
                )
            layers[name] = rows
        specs = {name: layer_spec(name) for name in layers}
        crs = next(iter(layers.values())).crs
        write_container(folder / f"{code}_区.gpkg", layers, specs, crs)
    return folder


def cut(big_city, folder, **more):
    return {
        "JOB": "partition_unit_grids",
        "COMMUNITIES": source(big_city, "community"),
        "BARRIERS": [source(big_city, "street"), source(big_city, "water")],
        "BUILDINGS": source(big_city, "building"),
        "FOLDER": str(folder),
        "OUTPUT": str(folder) + ".csv",
        **more,
    }


def table(folder):
    with Path(f"{folder}.csv").open(encoding="utf-8") as file:
        return {row["district_code"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def cells(big_city, provider, tmp_path_factory):
    """The whole city cut district by district; (cells, folder)."""
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

    folder = tmp_path_factory.mktemp("cut") / "batch"
    path = folder.parent / "cells.gpkg"
    algorithm = provider.algorithm("run_city_batch")
    results, ok = algorithm.run(
        cut(big_city, folder, RESULT=str(path)),
        QgsProcessingContext(),
        QgsProcessingFeedback(),
        {},
        False,
    )
    assert ok
    assert (results["OK_COUNT"], results["FAILED_COUNT"]) == (4, 0)
    return path, folder


def test_a_city_is_cut_district_by_district_as_each_alone(run, big_city, cells, tmp_path):
    path, folder = cells
    rows = table(folder)
    assert sorted(rows) == DISTRICTS
    assert {r["state"] for r in rows.values()} == {"ok"}
    joint = read_city_layer(path)
    assert len(joint) == sum(int(r["rows"]) for r in rows.values())
    part = tmp_path / "one.gpkg"
    community = QgsVectorLayer(source(big_city, "community"), "community", "ogr")
    community.setSubsetString("community_code LIKE '509902%'")
    run(
        "partition_unit_grids",
        COMMUNITIES=community,
        BARRIERS=[source(big_city, "street"), source(big_city, "water")],
        BUILDINGS=source(big_city, "building"),
        OUTPUT=str(part),
    )
    one = read_city_layer(part)
    mine = joint.take(np.array([c.startswith("509902") for c in joint.text("grid_code")]))
    assert mine.text("grid_code").tolist() == one.text("grid_code").tolist()
    assert same_shapes(mine, one)


def test_five_levels_nest_over_the_joint_cells(run, big_city, cells, tmp_path):
    path, _ = cells
    out = tmp_path / "levels.gpkg"
    results = run(
        "roll_up_levels",
        INPUT=str(path),
        COMMUNITIES=source(big_city, "community"),
        COMPONENTS=source(big_city, "component"),
        OUTPUT=str(out),
    )
    assert results["PROBLEMS"] == 0
    rows = read_city_layer(out)
    levels = rows.text("level").tolist()
    assert (levels.count("district"), levels.count("city")) == (4, 1)
    city = levels.index("city")
    assert rows.fields["components"][city] == 800
    assert rows.fields["cells"][city] == levels.count("grid")


def test_a_community_that_names_another_district_does_not_nest(run, big_city, cells, tmp_path):
    path, _ = cells
    layer = QgsVectorLayer(source(big_city, "community"), "community", "ogr").materialize(
        QgsFeatureRequest()
    )
    first = next(layer.getFeatures())
    layer.dataProvider().changeAttributeValues(
        {first.id(): {layer.fields().lookupField("district_code"): "509999"}}
    )
    results = run(
        "roll_up_levels",
        INPUT=str(path),
        COMMUNITIES=layer,
        OUTPUT=str(tmp_path / "levels.gpkg"),
    )
    assert results["PROBLEMS"] == 1
    assert first["community_code"] in run.log.warnings[0]


def test_components_are_assigned_as_in_one_run(run, big_city, tmp_path):
    given = {
        "GRIDS": source(big_city, "unit_grid"),
        "COMMUNITIES": source(big_city, "community"),
    }
    run(
        "run_city_batch",
        JOB="assign_unit_grids",
        COMPONENTS=source(big_city, "component"),
        FOLDER=str(tmp_path / "batch"),
        OUTPUT=str(tmp_path / "batch.csv"),
        RESULT=str(tmp_path / "joint.gpkg"),
        **given,
    )
    whole = tmp_path / "whole.gpkg"
    run("assign_unit_grids", INPUT=source(big_city, "component"), OUTPUT=str(whole), **given)
    names = ("component_code", "grid_code", "community_code", "street_name")

    def told(path):
        rows = read_city_layer(path)
        return sorted(zip(*(rows.text(n).tolist() for n in names), strict=True))

    assert len(told(whole)) == 800
    assert told(tmp_path / "joint.gpkg") == told(whole)


@pytest.mark.parametrize("kind", ["check_unit_grids", "check_components"])
def test_checks_of_a_clean_city_find_in_each_district_what_they_find_in_all(
    run, big_city, tmp_path, kind
):
    given = {
        "COMMUNITIES": source(big_city, "community"),
        "BUILDINGS": source(big_city, "building"),
    }
    results = run(
        "run_city_batch",
        JOB=kind,
        GRIDS=source(big_city, "unit_grid"),
        COMPONENTS=source(big_city, "component"),
        DEPARTMENTS=source(big_city, "department"),
        FOLDER=str(tmp_path / "batch"),
        OUTPUT=str(tmp_path / "batch.csv"),
        RESULT=str(tmp_path / "joint.gpkg"),
        **given,
    )
    told = any("RULES=G2,G9" in line for line in run.log.infos)
    assert told == (kind == "check_unit_grids")
    if kind == "check_components":
        given["GRIDS"] = source(big_city, "unit_grid")
        given["DEPARTMENTS"] = source(big_city, "department")

    def found(path):
        return set(read_city_layer(path).text("rule").tolist())

    layer = "component" if kind == "check_components" else "unit_grid"
    alone = run(kind, INPUT=source(big_city, layer), FINDINGS=str(tmp_path / "alone.gpkg"), **given)
    assert results["FAILED_COUNT"] == 0
    assert results["ERROR_COUNT"] == alone["ERROR_COUNT"]
    # G9 compares the edges of neighbours; across districts only the whole city has both.
    assert found(tmp_path / "joint.gpkg") == found(tmp_path / "alone.gpkg") - {"G9"}
    if kind == "check_unit_grids":
        borders = str(tmp_path / "borders.gpkg")
        run(kind, INPUT=source(big_city, layer), RULES="G2,G9", FINDINGS=borders, **given)
        assert found(borders) == {"G9"}
    checked = sum(
        int(r["counts"].split("checked=")[1].split(";")[0])
        for r in table(tmp_path / "batch").values()
    )
    assert checked == len(read_city_layer(source(big_city, layer)))


def test_what_fails_stops_no_other_and_alone_is_done_again(run, big_city, deliveries, tmp_path):
    listing = tmp_path / "districts.csv"
    missing = tmp_path / "late.gpkg"
    paths = {c: deliveries / f"{c}_区.gpkg" for c in DISTRICTS} | {"509903": missing}
    lines = ["district_code,district_name,communities,barriers,buildings"]
    lines += [
        f"{c},第{i}区,{source(p, 'community')},{source(p, 'street')},{source(p, 'building')}"
        for i, (c, p) in enumerate(paths.items(), 1)
    ]
    listing.write_text("\n".join(lines), encoding="utf-8")
    given = {
        "JOB": "partition_unit_grids",
        "LIST": str(listing),
        "FOLDER": str(tmp_path / "batch"),
        "OUTPUT": str(tmp_path / "batch.csv"),
    }
    results = run("run_city_batch", **given)
    assert (results["OK_COUNT"], results["FAILED_COUNT"]) == (3, 1)
    rows = table(tmp_path / "batch")
    assert rows["509903"]["state"] == "failed"
    assert "late.gpkg" in rows["509903"]["message"]
    assert rows["509901"]["district_name"] == "第1区"
    assert any("509903" in w for w in run.log.warnings)
    with pytest.raises(QgsProcessingException, match="1 of 4 districts failed"):
        run("run_city_batch", **given, RESUME=True, FAIL_ON_FAILURE=True)
    missing.write_bytes((deliveries / "509903_区.gpkg").read_bytes())
    before = {p.name: p.stat().st_mtime_ns for p in (tmp_path / "batch").glob("*.gpkg")}
    results = run("run_city_batch", **given, RESUME=True)
    assert (results["OK_COUNT"], results["KEPT_COUNT"]) == (4, 3)
    after = {p.name: p.stat().st_mtime_ns for p in (tmp_path / "batch").glob("*.gpkg")}
    assert set(after) - set(before) == {"509903.gpkg"}
    assert all(after[name] == before[name] for name in before)
    with pytest.raises(QgsProcessingException, match="TARGET_AREA"):
        run("run_city_batch", **given, RESUME=True, TARGET_AREA=5000)


def test_a_folder_of_deliveries_leaves_one_package_a_district(run, deliveries, tmp_path):
    folder = tmp_path / "packages"
    given = {
        "JOB": "export_exchange_package",
        "DELIVERIES": str(deliveries),
        "DISTRICTS": "509901，509902",
        "FOLDER": str(folder),
        "OUTPUT": str(tmp_path / "packages.csv"),
    }
    assert run("run_city_batch", **given)["OK_COUNT"] == 2
    for code in DISTRICTS[:2]:
        assert json.loads((folder / code / "manifest.json").read_text("utf-8"))
        (folder / code / "manifest.json").write_text("of yesterday", "utf-8")
    # The packages of the next run take the place of these, and leave nothing beside them.
    assert run("run_city_batch", **given)["OK_COUNT"] == 2
    for code in DISTRICTS[:2]:
        assert json.loads((folder / code / "manifest.json").read_text("utf-8"))
    assert sorted(p.name for p in folder.iterdir() if p.is_dir()) == list(DISTRICTS[:2])


def test_a_district_that_is_not_there_is_named(run, big_city, tmp_path):
    with pytest.raises(QgsProcessingException, match="no district 500000"):
        run("run_city_batch", **cut(big_city, tmp_path / "b", DISTRICTS="500000"))


def test_a_cancelled_batch_is_gone_on_with(provider, big_city, run, tmp_path):
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

    class Impatient(QgsProcessingFeedback):
        def pushInfo(self, text):  # noqa: N802
            if ": done in" in text:
                self.cancel()

    given = cut(big_city, tmp_path / "batch", WORKERS=1)
    algorithm = provider.algorithm("run_city_batch")
    with pytest.raises(QgsProcessingException, match="1 of 4 districts are done"):
        algorithm.run(given, QgsProcessingContext(), Impatient(), {}, False)
    results = run("run_city_batch", **given, RESUME=True)
    assert (results["KEPT_COUNT"], results["OK_COUNT"]) == (1, 4)


def test_a_dask_cluster_gives_the_same_cells(run, big_city, cells, tmp_path, root):
    pytest.importorskip("distributed")
    sys.path.append(str(root / "tests" / "districts"))
    from dask_cluster import DaskCluster

    cluster = DaskCluster(tmp_path)
    out = tmp_path / "cells.gpkg"
    try:
        run(
            "run_city_batch",
            **cut(big_city, tmp_path / "batch", SCHEDULER=cluster.address, RESULT=str(out)),
        )
    finally:
        cluster.stop()
    here, there = read_city_layer(cells[0]), read_city_layer(out)
    assert there.text("grid_code").tolist() == here.text("grid_code").tolist()
    assert same_shapes(there, here)
