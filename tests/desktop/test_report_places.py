"""A link in the report of a check opens QGIS at the finding."""

import re
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def visit(run_script, city, tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    gpkg = city.with_name("city.gpkg")
    given = {
        "INPUT": f"{gpkg}|layername=component",
        "GRIDS": f"{gpkg}|layername=unit_grid",
        "FINDINGS": folder / "findings.gpkg",
        "REPORT": folder / "report.html",
        "RULES": "P3",
    }
    program = ROOT / ".venv" / "bin" / "qgis_process"
    subprocess.run(
        [str(program), "run", "wangge:check_components", "--"]
        + [f"{name}={value}" for name, value in given.items()],
        check=True,
        capture_output=True,
    )
    page = (folder / "report.html").read_text(encoding="utf-8")
    link, x, y = re.search(r'<a href="([^"]+\.qgz)">([\d.]+),([\d.]+)</a>', page).groups()
    return run_script(
        "report_places",
        place=str(folder / unquote(link)),
        point=[float(x), float(y)],
        picture=str(folder / "place.png"),
    )


def test_the_map_shows_the_finding_near_at_hand(visit):
    assert visit["shown"]
    assert min(visit["metres"]) == pytest.approx(80, rel=0.05)


def test_findings_lie_over_the_layer_that_was_checked(visit):
    assert visit["layers"] == {"Findings": True, "Managed components": True}
    assert visit["top"] == "Findings"


def test_the_panel_lists_the_findings(visit):
    assert visit["listed"] > 0


def test_no_mistake_is_shown(visit):
    assert visit["exceptions"] == []
    assert visit["exit_code"] == 0
