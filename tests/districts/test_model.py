"""What travels to a worker: it can be pickled, and says what QGIS would say."""

import pickle
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from district_tasks import make_district_task
from wangge.plugin.catalogue import read_catalogue
from wangge.plugin.districts.model import JobKind, LonLatTable
from wangge.plugin.districts.work import answer
from wangge.plugin.standards.profiles import list_profiles, load_profile

ROOT = Path(__file__).resolve().parents[2]


def test_longitudes_read_off_a_lattice_are_those_of_the_projection(qgis_app):
    from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransformContext
    from wangge.plugin.layers.geometry import lonlat_transform

    crs = QgsCoordinateReferenceSystem("EPSG:4547")
    exact = lonlat_transform(crs, QgsCoordinateTransformContext())
    # As large as a district gets: 120 km, near the edge of the zone.
    bounds = (600_000.0, 3_200_000.0, 720_000.0, 3_320_000.0)
    table = LonLatTable.sample(exact, bounds)
    rng = np.random.default_rng(1)
    x, y = rng.uniform(bounds[0], bounds[2], 500), rng.uniform(bounds[1], bounds[3], 500)
    for read, true in zip(table(x, y), exact(x, y), strict=True):
        assert np.abs(read - true).max() * 111_000 < 5.0
    again = pickle.loads(pickle.dumps(table))  # noqa: S301 - our own
    assert np.array_equal(again(x, y)[0], table(x, y)[0])


def test_a_single_place_has_a_lattice_too():
    table = LonLatTable.sample(lambda x, y: (x / 2, y / 4), (8.0, 8.0, 8.0, 8.0))
    lon, lat = table(np.array([8.0, np.nan]), np.array([8.0, 8.0]))
    assert (lon[0], lat[0]) == (4.0, 2.0)
    assert np.isnan(lon[1])


@pytest.mark.parametrize("name", list_profiles())
def test_every_citys_profile_travels(name):
    profile = load_profile(name)
    assert pickle.loads(pickle.dumps(profile)) == profile  # noqa: S301 - our own


def test_an_outcome_survives_the_trip():
    outcome = answer(make_district_task())
    again = pickle.loads(pickle.dumps(outcome))  # noqa: S301 - our own
    assert again.answer.counts == outcome.answer.counts
    assert again.answer.rows.text("grid_code").tolist() == [
        f"500112001002{i:03d}" for i in range(1, len(outcome.answer.rows) + 1)
    ]


def test_a_job_that_stumbles_tells_it_and_keeps_the_trace():
    task = make_district_task(kind=JobKind.PARTITION)
    task.options["seed"] = "no number"
    outcome = answer(task)
    assert "ValueError" in outcome.message
    assert "Traceback" in outcome.answer.notes[0]


def test_the_catalogue_read_without_qt_is_the_whole_catalogue():
    read = read_catalogue(ROOT / "resources" / "i18n" / "wangge_zh_CN.qm")
    messages = ElementTree.parse(ROOT / "resources" / "i18n" / "wangge_zh_CN.ts").iter("message")
    made = {m.findtext("source"): m.findtext("translation") for m in messages}
    shared = read.keys() & made.keys()
    assert len(shared) > 1000
    assert {k for k in shared if made[k] and read[k] != made[k]} == set()
    assert read_catalogue(ROOT / "README.md") == {}
    assert read_catalogue(ROOT / "nowhere.qm") == {}


def test_a_worker_needs_no_qgis():
    code = (
        "import sys\n"
        "for name in ('qgis', 'osgeo', 'PyQt5', 'psycopg2'): sys.modules[name] = None\n"
        f"sys.path += [{str(ROOT / '.dev')!r}, {str(Path(__file__).parent)!r}]\n"
        "from dataclasses import replace\n"
        "from district_tasks import make_district_task\n"
        "from wangge.plugin.districts.model import JobKind\n"
        "from wangge.plugin.districts.work import answer, answer_elsewhere\n"
        "task = make_district_task()\n"
        "cells = answer(task)\n"
        "rows = {**task.layers, 'unit_grid': cells.answer.rows}\n"
        "found = answer_elsewhere(replace(task, kind=JobKind.CHECK_GRIDS, layers=rows, language='zh'))\n"
        "print(cells.state, found.state, found.answer.counts['checked'] == len(cells.answer.rows))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.split() == ["ok", "ok", "True"], done.stdout + done.stderr
