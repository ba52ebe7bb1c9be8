"""Packages made from the platform."""

import psycopg2
import pytest
from exchange_rows import arrived, make_cases, make_communities, make_departments, rows_of
from platform_rows import SPECS, make_components, make_grids
from wangge.plugin.database.exchange.export import export_package
from wangge.plugin.database.exchange.platform import platform_sources
from wangge.plugin.database.push import push
from wangge.plugin.errors import WanggeError
from wangge.plugin.standards.profiles import load_profile

PROFILE = load_profile("jiangxi")
DEPARTMENT = "11500112009999999X"


def fill(connection):
    push(connection, "department", [make_departments(DEPARTMENT)], SPECS["department"])
    communities = make_communities("500112001002", "500103001002")
    push(connection, "community", [communities], SPECS["community"])
    for district, count in (("500112", 3), ("500103", 2)):
        push(connection, "unit_grid", [make_grids(count, district=district)], SPECS["unit_grid"])
        rows = make_components(count * 2, district=district)
        push(connection, "component", [rows], SPECS["component"])


def counts(exported):
    return {c.table.name: c.rows for c in exported.manifest.contents}


def test_a_platform_goes_out_whole_and_comes_back(connection, tmp_path):
    fill(connection)
    cases = make_cases(("500112001002001", "closed", "public", DEPARTMENT, "06001"))
    with platform_sources(connection, PROFILE) as sources:
        done = export_package(tmp_path / "p", {**sources, "case": lambda: [cases]}, PROFILE)
    assert counts(done)["component"] == 10
    assert counts(done)["unit_grid"] == 5
    back = arrived(tmp_path / "p", tmp_path / "b.gpkg", "component")
    assert back.crs == "EPSG:4547"
    codes = [f"{d}01001{i:06d}" for d, n in (("500103", 4), ("500112", 6)) for i in range(n)]
    assert back.fields["component_code"].tolist() == codes
    totals = arrived(tmp_path / "p", tmp_path / "b.gpkg", "area_total_statistics")
    assert rows_of(totals, "area_code", "unit_grid_count", "component_count", "case_count")[:2] == [
        ("500103", 2, 4, 0),
        ("500103001", 2, 4, 0),
    ]
    whole = arrived(tmp_path / "p", tmp_path / "b.gpkg", "case_total_statistics")
    assert rows_of(whole, "area_code", "area_level") == [("500100", "city")]


def test_a_district_sends_its_own(connection, tmp_path):
    fill(connection)
    with platform_sources(connection, PROFILE, area_code="500103") as sources:
        done = export_package(tmp_path / "p", sources, PROFILE)
    assert (counts(done)["component"], counts(done)["unit_grid"]) == (4, 2)
    assert counts(done)["department"] == 1


def test_only_what_a_push_changed_goes_out_next(connection, tmp_path):
    fill(connection)
    with platform_sources(connection, PROFILE) as sources:
        export_package(tmp_path / "full", sources, PROFILE)
    changed = make_components(1)
    changed.fields["note"][0] = "换了井盖"
    push(connection, "component", [changed], SPECS["component"])
    with platform_sources(connection, PROFILE) as sources:
        done = export_package(tmp_path / "c", sources, PROFILE, previous=tmp_path / "full")
    assert {k: v for k, v in counts(done).items() if v} == {"component": 1}
    whole = arrived(tmp_path / "c", tmp_path / "b.gpkg", "component", previous=[tmp_path / "full"])
    assert len(whole) == 10
    assert whole.fields["note"][4] == "换了井盖"


def test_all_layers_are_those_of_one_moment(connection, platform_url, tmp_path):
    fill(connection)
    other = psycopg2.connect(platform_url)
    with platform_sources(connection, PROFILE) as sources:

        def departments():
            yield from sources["department"]()
            # Somebody pushes while the package is being made.
            late = make_components(9, district="500103")
            push(other, "component", [late], SPECS["component"])

        done = export_package(tmp_path / "p", {**sources, "department": departments}, PROFILE)
    other.close()
    assert counts(done)["component"] == 10
    with platform_sources(connection, PROFILE) as sources:
        assert counts(export_package(tmp_path / "p", sources, PROFILE))["component"] == 15


def test_a_lost_connection_leaves_nothing(connection, platform_url, tmp_path):
    fill(connection)
    other = psycopg2.connect(platform_url)
    other.autocommit = True

    def cut(communities):
        yield from communities()
        pid = connection.info.backend_pid
        other.cursor().execute("SELECT pg_terminate_backend(%s)", (pid,))

    with platform_sources(connection, PROFILE) as sources:
        broken = {**sources, "community": lambda: cut(sources["community"])}
        with pytest.raises(WanggeError):
            export_package(tmp_path / "p", broken, PROFILE)
    other.close()
    assert list(tmp_path.iterdir()) == []
