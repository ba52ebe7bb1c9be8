"""Facilities, monitors and video positions through the toolbox."""

import json

import pytest
from qgis.core import QgsProcessingException, QgsVectorLayer


def opened(source):
    layer = QgsVectorLayer(str(source), "l", "ogr")
    assert layer.isValid(), source
    return layer


def test_video_positions_of_an_interface_come_in(run, city, tmp_path):
    there = list(opened(city("camera")).getFeatures())
    rows = [
        {
            "点位编码": f["camera_code"],
            "点位名称": f["camera_name"],
            "在线状态": "在线" if i % 2 else "离线",
            "position": {"X坐标": f.geometry().asPoint().x(), "Y坐标": f.geometry().asPoint().y()},
        }
        for i, f in enumerate(there)
    ]
    rows.append({"点位编码": "没有位置", "点位名称": "某处", "在线状态": "在线"})
    path = tmp_path / "视频点位.json"
    path.write_text(json.dumps({"code": 0, "data": {"rows": rows}}, ensure_ascii=False), "utf-8")
    done = run(
        "import_objects",
        KIND="camera",
        INPUT=str(path),
        GRIDS=city("unit_grid"),
        OUTPUT=str(tmp_path / "camera.gpkg"),
        REJECTED=str(tmp_path / "rejected.gpkg"),
    )
    assert (done["ACCEPTED_COUNT"], done["REJECTED_COUNT"]) == (len(there), 1)
    before = {f["camera_code"]: f for f in there}
    for camera in opened(tmp_path / "camera.gpkg").getFeatures():
        same = before[camera["camera_code"]]
        assert camera.geometry().distance(same.geometry()) < 0.001
        assert camera["grid_code"] == same["grid_code"]
        assert camera["status"] in ("online", "offline")
    (refused,) = opened(tmp_path / "rejected.gpkg").getFeatures()
    assert refused["code"] == "没有位置"


def test_a_layer_of_the_city_goes_through_as_it_is(run, city, tmp_path):
    for kind in ("facility", "monitor", "department"):
        out = tmp_path / f"{kind}.gpkg"
        done = run("import_objects", KIND=kind, INPUT=city(kind), OUTPUT=str(out))
        assert done["REJECTED_COUNT"] == 0
        assert done["ACCEPTED_COUNT"] == opened(city(kind)).featureCount() > 0


@pytest.mark.parametrize(
    ("kind", "told"), [("component", "import_components"), ("bridge", "facility")]
)
def test_a_kind_that_is_none_is_refused(run, city, tmp_path, kind, told):
    with pytest.raises(QgsProcessingException, match=told):
        run(
            "import_objects",
            KIND=kind,
            INPUT=city("camera"),
            OUTPUT=str(tmp_path / "out.gpkg"),
        )


def test_json_without_a_list_is_refused(run, tmp_path):
    path = tmp_path / "x.json"
    for text in ("{", '{"code": 1}'):
        path.write_text(text, "utf-8")
        with pytest.raises(QgsProcessingException, match=r"x\.json"):
            run(
                "import_objects",
                KIND="camera",
                INPUT=str(path),
                OUTPUT=str(tmp_path / "out.gpkg"),
            )
