"""Pushes by timer: exit codes and reports, as the guide tells cron and Task Scheduler."""

import json
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def timer(tmp_path):
    """Run a push as a scheduler does; return its exit code, standard error and report."""

    def _timer(connection, kind, layer, **more):
        report = tmp_path / "push.json"
        report.unlink(missing_ok=True)
        given = {"CONNECTION": connection, "KIND": kind, "INPUT": layer, "REPORT_JSON": report}
        done = subprocess.run(
            [ROOT / ".venv" / "bin" / "qgis_process", "run", "wangge:push_to_platform", "--"]
            + [f"{name}={value}" for name, value in {**given, **more}.items()],
            capture_output=True,
            text=True,
            cwd=tmp_path,
        )
        told = json.loads(report.read_text(encoding="utf-8")) if report.exists() else None
        return done.returncode, done.stderr, told

    return _timer


def test_exit_codes_and_reports(run, city, dirty_city, platform, timer, tmp_path, monkeypatch):
    run("install_platform", CONNECTION=platform, SRID=4490)
    code, _, report = timer(platform, "department", city("department"))
    assert (code, report["mode"], report["rejected"], report["errors"]) == (0, "push", 0, 0)
    assert report["inserted"] == report["rows_checked"] > 0
    assert isinstance(report["batch_id"], int)
    code, _, again = timer(platform, "department", city("department"))
    assert (code, again["inserted"], again["unchanged"]) == (0, 0, report["inserted"])
    code, said, report = timer(platform, "unit_grid", dirty_city("unit_grid"))
    assert code == 1
    assert "Nothing was pushed" in said
    assert (report["mode"], report["inserted"]) == ("refused", 0)
    assert report["errors"] > 0
    assert isinstance(report["batch_id"], int)
    assert report["findings"][0]["message"]
    listed = run("list_pushes", CONNECTION=platform, OUTPUT=str(tmp_path / "pushes.gpkg"))
    assert listed["COUNT"] == 3
    away = tmp_path / "away.conf"
    away.write_text("[wangge]\nhost=127.0.0.1\nport=1\nuser=secret_user\ndbname=x\n")
    monkeypatch.setenv("PGSERVICEFILE", str(away))
    code, said, report = timer(platform, "department", city("department"))
    assert (code, report) == (1, None)
    assert "cannot be reached" in said
    assert "secret_user" not in said
