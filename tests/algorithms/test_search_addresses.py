"""Places found through the toolbox."""

from qgis.core import QgsVectorLayer


def test_a_place_is_found_where_it_lies(run, city, tmp_path):
    places = QgsVectorLayer(city("address"), "address", "ogr")
    plates = [f for f in places.getFeatures() if f["kind"] == "门楼牌"][:2]
    output = tmp_path / "found.gpkg"
    done = run(
        "search_addresses",
        ADDRESSES=city("address"),
        QUERY="\n".join([*(p["address_name"] for p in plates), "没有这个地方"]),
        LIMIT=3,
        OUTPUT=str(output),
    )
    assert done["NOT_FOUND"] == 1
    hits = list(QgsVectorLayer(str(output), "found", "ogr").getFeatures())
    assert len(hits) == done["FOUND_COUNT"] <= 6
    first = {h["query"]: h for h in hits if h["rank"] == 1}
    for plate in plates:
        hit = first[plate["address_name"]]
        assert hit["match"] == "same"
        assert hit.geometry().distance(plate.geometry()) < 0.001
