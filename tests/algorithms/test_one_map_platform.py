"""The one map of what a real platform holds."""

import zipfile

import pytest
from qgis.core import QgsProcessingException, QgsProject, QgsVectorLayer

PUSHED = {
    "department": "department",
    "community": "community",
    "unit_grid": "unit_grid",
    "component": "component",
    "risk": "risk",
}


@pytest.fixture
def by_password(cluster, platform, tmp_path, monkeypatch):
    """The platform over TCP, where it asks for a password; returns its name and the password."""
    lines = (cluster / "pg_service.conf").read_text().splitlines()
    port = next(line.split("=")[1] for line in lines if line.startswith("port="))
    password = (cluster / "passfile").read_text().strip().rpartition(":")[2]
    service = tmp_path / "service.conf"
    service.write_text(
        f"[city]\nhost=127.0.0.1\nport={port}\ndbname=wangge\nuser=postgres\npassword={password}\n"
    )
    monkeypatch.setenv("PGSERVICEFILE", str(service))
    return "service=city", password


def rows(source, table):
    layer = QgsVectorLayer(f"{source}|layername={table}", table, "ogr")
    assert layer.isValid(), table
    return list(layer.getFeatures())


@pytest.mark.parametrize("srid", [4545, 4490])
def test_the_map_is_made_from_the_platform_alone(run, city, by_password, tmp_path, srid):
    connection, password = by_password
    run("install_platform", CONNECTION=connection, SRID=srid)
    for kind, table in PUSHED.items():
        run("push_to_platform", CONNECTION=connection, KIND=kind, INPUT=city(table))
    folder = tmp_path / "map"
    made = run("create_one_map", CONNECTION=connection, FOLDER=str(folder))
    assert made["THEME_COUNT"] == 2  # supervision and risks; the rest is on no platform

    project = QgsProject()
    assert project.read(made["PROJECT"])
    layers = list(project.mapLayers().values())
    assert {"Components", "City risk list", "Worst risk by unit grid"} <= {
        layer.name() for layer in layers
    }
    assert all(layer.isValid() and layer.featureCount() for layer in layers)
    assert {layer.providerType() for layer in layers} == {"ogr"}
    assert not project.crs().isGeographic()

    # As many as the city has, each cell as large as it is there.
    container = folder / "one_map.gpkg"
    for table in ("component", "risk"):
        assert len(rows(container, table)) == len(rows(city(table).split("|")[0], table)), table
    sizes = {f["grid_code"]: f.geometry().area() for f in rows(container, "cell")}
    ours = {
        f["grid_code"]: f.geometry().area()
        for f in rows(city("unit_grid").split("|")[0], "unit_grid")
    }
    assert sizes.keys() == ours.keys()
    assert all(sizes[code] == pytest.approx(ours[code], rel=1e-3) for code in ours)
    assert sum(f["components"] for f in rows(container, "cell")) == len(
        rows(container, "component")
    )

    # Whoever gets the folder learns nothing of how to reach the platform.
    with zipfile.ZipFile(made["PROJECT"]) as packed:
        text = b"".join(packed.read(name) for name in packed.namelist())
    content = container.read_bytes() + text
    for secret in (password, connection, "127.0.0.1", "dbname"):
        assert secret.encode() not in content, "connection" if secret == password else secret
    assert password not in "".join([*run.log.infos, *run.log.warnings])


def test_what_is_given_comes_before_what_the_platform_holds(run, city, platform, tmp_path):
    run("install_platform", CONNECTION=platform, SRID=4545)
    for kind in ("department", "community", "unit_grid", "component"):
        run("push_to_platform", CONNECTION=platform, KIND=kind, INPUT=city(kind))
    few = f"{city('component')}|subset=\"class_code\" LIKE '01%'"
    made = run(
        "create_one_map",
        COMPONENTS=few,
        CASES=city("case"),
        CONNECTION=platform,
        FOLDER=str(tmp_path / "map"),
    )
    assert made["THEME_COUNT"] == 2
    components = rows(tmp_path / "map" / "one_map.gpkg", "component")
    assert {f["class_code"][:2] for f in components} == {"01"}


def test_an_empty_platform_is_told(run, platform, tmp_path):
    run("install_platform", CONNECTION=platform, SRID=4545)
    with pytest.raises(QgsProcessingException, match="nothing to put on the map"):
        run("create_one_map", CONNECTION=platform, FOLDER=str(tmp_path / "map"))
