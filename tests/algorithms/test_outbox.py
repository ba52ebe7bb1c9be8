"""Work without a connection: kept, signed, and delivered exactly once when there is one."""

import os
from pathlib import Path

import pytest
from qgis.core import QgsProcessingException, QgsVectorLayer


@pytest.fixture
def away(platform, tmp_path):
    """Switch the service between its server and a port where nobody listens."""
    there = os.environ["PGSERVICEFILE"]

    def switch(is_away, monkeypatch):
        if is_away:
            path = tmp_path / "away.conf"
            path.write_text("[wangge]\nhost=127.0.0.1\nport=1\nuser=x\ndbname=x\n")
            monkeypatch.setenv("PGSERVICEFILE", str(path))
        else:
            monkeypatch.setenv("PGSERVICEFILE", there)

    return switch


def test_what_was_kept_arrives_once(run, city, platform, away, monkeypatch, tmp_path):
    run("install_platform", CONNECTION=platform, SRID=4490)  # not the layer's own system
    layer = city("community")
    away(True, monkeypatch)
    with pytest.raises(QgsProcessingException, match="cannot be reached"):
        run("push_to_platform", CONNECTION=platform, KIND="community", INPUT=layer)
    kept = run(
        "push_to_platform",
        CONNECTION=platform,
        KIND="community",
        INPUT=layer,
        OUTBOX=str(tmp_path / "outbox"),
    )
    package = Path(kept["PACKAGE"])
    assert package.parent == tmp_path / "outbox"
    assert any("deliver_outbox" in w for w in run.log.warnings)
    with pytest.raises(QgsProcessingException, match="cannot be reached"):
        run("deliver_outbox", CONNECTION=platform, FOLDER=str(package.parent))
    away(False, monkeypatch)
    copy = package.read_bytes()
    count = QgsVectorLayer(layer, "c", "ogr").featureCount()
    done = run("deliver_outbox", CONNECTION=platform, FOLDER=str(package.parent))
    assert (done["DELIVERED"], done["ROWS"]) == (1, count)
    assert not package.exists()
    # The same package again, from a copy somebody kept: nothing changes.
    package.write_bytes(copy)
    run("deliver_outbox", CONNECTION=platform, FOLDER=str(package.parent))
    listed = run("list_pushes", CONNECTION=platform, OUTPUT=str(tmp_path / "pushes.gpkg"))
    assert listed["COUNT"] == 1
    again = run("push_to_platform", CONNECTION=platform, KIND="community", INPUT=layer)
    assert again["UNCHANGED"] == count


def test_a_damaged_package_does_not_hold_up_the_others(
    run, city, platform, away, monkeypatch, tmp_path
):
    run("install_platform", CONNECTION=platform, SRID=4490)
    folder = tmp_path / "outbox"
    folder.mkdir()
    (folder / "00000000-000000-community-x.wanggepush").write_bytes(b"broken")
    away(True, monkeypatch)
    for kind in ("community", "department"):
        run(
            "push_to_platform",
            CONNECTION=platform,
            KIND=kind,
            INPUT=city(kind),
            OUTBOX=str(folder),
        )
    away(False, monkeypatch)
    with pytest.raises(QgsProcessingException, match="1 of 3 packages"):
        run("deliver_outbox", CONNECTION=platform, FOLDER=str(folder))
    assert [p.name for p in folder.iterdir()] == ["00000000-000000-community-x.wanggepush"]


def test_rows_with_errors_are_not_kept(run, dirty_city, platform, away, monkeypatch, tmp_path):
    away(True, monkeypatch)
    with pytest.raises(QgsProcessingException, match="Nothing was pushed"):
        run(
            "push_to_platform",
            CONNECTION=platform,
            KIND="component",
            INPUT=dirty_city("component"),
            OUTBOX=str(tmp_path / "outbox"),
        )
    assert not list((tmp_path / "outbox").iterdir())
