"""A small census: two streets, four cells, departments; made and opened as users do."""

import shutil

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsField,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
    QgsVectorLayerUtils,
)
from qgis.PyQt.QtCore import QMetaType

CRS = "EPSG:4547"
# Four cells of 100 m side by side; the first two in one street, the others in another.
CELLS = ("500101001001001", "500101001001002", "500101002001001", "500101002001002")
COMMUNITIES = {
    "500101001001": (
        "民权社区",
        "500101001",
        "解放碑街道",
        "POLYGON((0 0,200 0,200 100,0 100,0 0))",
    ),
    "500101002001": (
        "大溪社区",
        "500101002",
        "朝天门街道",
        "POLYGON((200 0,400 0,400 100,200 100,200 0))",
    ),
}
DEPARTMENTS = {
    "11500101MB0000001A": "市政设施管理处",
    "11500101MB0000002B": "园林绿化管理处",
    "11500101MB0000003C": "供水有限公司",
}


class Log(QgsProcessingFeedback):
    """Keeps the warnings of an algorithm."""

    def __init__(self):
        super().__init__(False)
        self.warnings = []

    def pushWarning(self, warning):  # noqa: N802
        self.warnings.append(warning)


def make_layer(kind, fields, rows, *, name="layer", crs=CRS):
    """Make a memory layer from (WKT, values) rows."""
    layer = QgsVectorLayer(f"{kind}?crs={crs}" if kind != "None" else "None", name, "memory")
    layer.dataProvider().addAttributes([QgsField(f, QMetaType.Type.QString) for f in fields])
    layer.updateFields()
    features = []
    for wkt, values in rows:
        feature = QgsFeature(layer.fields())
        feature.setAttributes(list(values))
        if wkt:
            feature.setGeometry(QgsGeometry.fromWkt(wkt))
        features.append(feature)
    assert layer.dataProvider().addFeatures(features)[0]
    return layer


def make_grids():
    rows = [
        (f"POLYGON(({x} 0,{x + 100} 0,{x + 100} 100,{x} 100,{x} 0))", (code, code[:12]))
        for x, code in zip(range(0, 400, 100), CELLS, strict=True)
    ]
    return make_layer("Polygon", ("grid_code", "community_code"), rows, name="cells")


def make_communities():
    names = ("community_code", "community_name", "street_code", "street_name")
    rows = [
        (wkt, (code, name, street, title))
        for code, (name, street, title, wkt) in COMMUNITIES.items()
    ]
    return make_layer("Polygon", names, rows, name="communities")


def make_departments(rows=None):
    found = DEPARTMENTS if rows is None else rows
    fields = ("department_code", "department_name")
    return make_layer("None", fields, [("", one) for one in found.items()], name="departments")


@pytest.fixture(scope="session")
def create(qgis_app):
    """Run the algorithm; returns its results, the log is ``create.log``."""
    from wangge.processing.census.create_census_project import CreateCensusProject

    def _create(folder, **parameters):
        algorithm = CreateCensusProject().create()
        create_log = _create.log = Log()
        context = QgsProcessingContext()
        given = {"FOLDER": str(folder), **parameters}
        ok, message = algorithm.checkParameterValues(given, context)
        if not ok:
            raise QgsProcessingException(message)
        results, ok = algorithm.run(given, context, create_log, {}, False)
        assert ok
        return results

    return _create


@pytest.fixture(scope="session")
def made(create, tmp_path_factory):
    """A census project with a 细类, whole; not to be changed."""
    folder = tmp_path_factory.mktemp("census")
    profile = folder / "city.toml"
    profile.write_text(
        'id = "town"\ntitle_en = "Town"\ntitle_zh = "小城"\n'
        '[[classes]]\ncode = "01999"\nname_zh = "智慧灯杆"\nname_en = "smart lamp post"\n'
        'geometries = ["point"]\naccuracy = "A"\n'
        '[[subclasses]]\ncode = "0100101"\nclass_code = "01001"\nname_zh = "球墨铸铁井盖"\n'
        '[[fields]]\nlayer = "component"\nname = "material"\nlength = 30\nalias_zh = "材质"\n'
        'alias_en = "material"\n',
        encoding="utf-8",
    )
    return create(
        folder / "made",
        PROFILE=str(profile),
        GRIDS=make_grids(),
        COMMUNITIES=make_communities(),
        DEPARTMENTS=make_departments(),
    )


class Census:
    """An opened census project with doors to what tests look at."""

    def __init__(self, project):
        self.project = project
        self.layers = {}
        for layer in project.mapLayers().values():
            name = layer.source().split("layername=")[1]
            table, _, kind = name.partition("|geometrytype=")
            suffix = {"LineString": "_line", "Polygon": "_polygon"}.get(kind, "")
            self.layers[table + suffix] = layer

    def __getitem__(self, name):
        return self.layers[name]

    def new(self, wkt, *, layer="component", **values):
        """Return a feature as QGIS makes it when someone clicks on the map."""
        target = self.layers[layer]
        fields = target.fields()
        context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(target))
        given = {fields.indexOf(name): value for name, value in values.items()}
        geometry = QgsGeometry.fromWkt(wkt) if wkt else QgsGeometry()
        return QgsVectorLayerUtils.createFeature(target, geometry, given, context)

    def add(self, wkt, *, layer="component", **values):
        """Make a feature and keep it in the open edit."""
        target = self.layers[layer]
        if not target.isEditable():
            assert target.startEditing()
        feature = self.new(wkt, layer=layer, **values)
        assert target.addFeature(feature)
        return feature

    def commit(self, layer="component"):
        assert self.layers[layer].commitChanges(), self.layers[layer].commitErrors()


@pytest.fixture
def census(made, tmp_path, qgis_new_project):
    """A copy of the project, opened: what a crew does after copying the folder."""
    from pathlib import Path

    folder = tmp_path / "copied"
    shutil.copytree(made["FOLDER"], folder)
    project = QgsProject.instance()
    assert project.read(str(folder / Path(made["PROJECT"]).name))
    yield Census(project)
    project.clear()


@pytest.fixture
def crs():
    return QgsCoordinateReferenceSystem(CRS)
