"""Algorithms run as QGIS runs them, on a small generated town and a real PostGIS."""

import subprocess
from pathlib import Path

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
)

ROOT = Path(__file__).resolve().parents[2]


class Log(QgsProcessingFeedback):
    """Keeps what an algorithm says."""

    def __init__(self):
        super().__init__(False)
        self.warnings = []
        self.infos = []

    def pushWarning(self, warning):  # noqa: N802
        self.warnings.append(warning)

    def pushInfo(self, info):  # noqa: N802
        self.infos.append(info)


@pytest.fixture(scope="session")
def provider(qgis_app):
    """Wangge's provider in the registry."""
    from wangge.processing.provider import WanggeProvider

    made = WanggeProvider()
    QgsApplication.processingRegistry().addProvider(made)
    made.add_models()
    return made


@pytest.fixture
def run(provider):
    """Run an algorithm by id; return its results. Log and context are attributes."""

    def _run(name, **parameters):
        algorithm = provider.algorithm(name)
        assert algorithm is not None, f"{name} is not in the toolbox"
        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        log = Log()
        _run.log, _run.context = log, context
        ok, message = algorithm.checkParameterValues(parameters, context)
        if not ok:
            raise QgsProcessingException(message)
        results, ok = algorithm.run(parameters, context, log, {}, False)
        assert ok
        return results

    yield _run
    # The function and its context hold each other: without this its layers outlive QGIS.
    _run.log = _run.context = None


@pytest.fixture(scope="session")
def city(provider, tmp_path_factory):
    """A clean town of 2 km²; returns a function from layer name to source text."""
    folder = tmp_path_factory.mktemp("city")
    algorithm = provider.algorithm("create_sample_city")
    _, ok = algorithm.run(
        {"FOLDER": str(folder), "AREA_KM2": 2, "COMPONENTS": 1500, "ERRORS": False, "SEED": 3},
        QgsProcessingContext(),
        QgsProcessingFeedback(),
        {},
        False,
    )
    assert ok
    return lambda name: f"{folder / 'city.gpkg'}|layername={name}"


@pytest.fixture(scope="session")
def dirty_city(provider, tmp_path_factory):
    """The same town with deliberate errors."""
    folder = tmp_path_factory.mktemp("dirty")
    algorithm = provider.algorithm("create_sample_city")
    results, ok = algorithm.run(
        {"FOLDER": str(folder), "AREA_KM2": 2, "COMPONENTS": 1500, "SEED": 3},
        QgsProcessingContext(),
        QgsProcessingFeedback(),
        {},
        False,
    )
    assert ok
    assert results["ERROR_COUNT"] > 0
    return lambda name: f"{folder / 'city.gpkg'}|layername={name}"


@pytest.fixture(scope="session")
def cluster(tmp_path_factory):
    """A private PostGIS cluster; yields its folder."""
    folder = tmp_path_factory.mktemp("cluster")
    script = str(ROOT / "dev" / "cluster.sh")
    subprocess.run([script, "start", str(folder)], check=True, capture_output=True)
    yield folder
    subprocess.run([script, "destroy", str(folder)], check=False, capture_output=True)


@pytest.fixture
def platform(cluster, monkeypatch):
    """An empty database; returns the connection's name."""
    import psycopg2

    script = str(ROOT / "dev" / "cluster.sh")
    service = subprocess.run(
        [script, "service", str(cluster)], check=True, capture_output=True, text=True
    ).stdout.strip()
    monkeypatch.setenv("PGSERVICEFILE", service)
    admin = psycopg2.connect("service=wangge dbname=postgres")
    admin.autocommit = True
    with admin.cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS wangge WITH (FORCE)")
        cursor.execute("CREATE DATABASE wangge")
    admin.close()
    return "service=wangge"


def open_layer(source, name="layer"):
    """Open a layer for reading in a test."""
    layer = QgsVectorLayer(str(source), name, "ogr")
    assert layer.isValid(), source
    return layer
