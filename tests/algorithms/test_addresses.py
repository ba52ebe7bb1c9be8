"""Geocoded places checked and updated through the toolbox."""

import shutil
import sqlite3

from qgis.core import QgsVectorLayer


def opened(source):
    layer = QgsVectorLayer(str(source), "l", "ogr")
    assert layer.isValid(), source
    return layer


def test_a_clean_town_s_places_pass_and_a_dirty_one_s_do_not(run, city, dirty_city, tmp_path):
    clean = run(
        "check_addresses",
        INPUT=city("address"),
        COMMUNITIES=city("community"),
        FINDINGS=str(tmp_path / "clean.gpkg"),
    )
    assert clean["ERROR_COUNT"] == 0
    dirty = run(
        "check_addresses",
        INPUT=dirty_city("address"),
        COMMUNITIES=dirty_city("community"),
        FINDINGS=str(tmp_path / "dirty.gpkg"),
    )
    assert dirty["ERROR_COUNT"] > 0


def test_a_renamed_place_is_found_by_both_names(run, city, tmp_path):
    delivery = tmp_path / "delivery.gpkg"
    shutil.copy(city("address").partition("|")[0], delivery)
    place = next(f for f in opened(city("address")).getFeatures() if f["kind"] == "兴趣点")
    layer = opened(f"{delivery}|layername=address")
    layer.startEditing()
    layer.changeAttributeValue(
        next(f.id() for f in layer.getFeatures() if f["address_code"] == place["address_code"]),
        layer.fields().lookupField("address_name"),
        "望江亭",
    )
    assert layer.commitChanges()
    output = tmp_path / "address.gpkg"
    done = run(
        "update_addresses",
        INPUT=city("address"),
        DELIVERY=f"{delivery}|layername=address",
        DATE="2026-07-01",
        RETIRE_MISSING=True,
        OUTPUT=str(output),
    )
    total = opened(city("address")).featureCount()
    names = ("ADDED", "RENAMED", "UPDATED", "UNCHANGED", "RETIRED", "REJECTED_COUNT")
    assert tuple(done[n] for n in names) == (0, 1, 0, total - 1, 0, 0)
    found = run(
        "search_addresses",
        ADDRESSES=str(output),
        QUERY=f"望江亭\n{place['address_name']}",
        OUTPUT=str(tmp_path / "found.gpkg"),
    )
    assert found["NOT_FOUND"] == 0
    with sqlite3.connect(tmp_path / "found.gpkg") as connection:
        rows = connection.execute(
            "SELECT address_name, address_code FROM found WHERE \"match\" = 'same'"
        ).fetchall()
    connection.close()
    assert ("望江亭", place["address_code"]) in rows
    assert (place["address_name"], f"{place['address_code']}-20260701") in rows
    checked = run(
        "check_addresses",
        INPUT=str(output),
        COMMUNITIES=city("community"),
        FINDINGS=str(tmp_path / "findings.gpkg"),
    )
    assert checked["ERROR_COUNT"] == 0
