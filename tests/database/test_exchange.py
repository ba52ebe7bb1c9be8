"""Exchange packages: what goes in comes out, changes add up, damage is noticed."""

import json
import os
import shutil
import time
from dataclasses import replace

import numpy as np
import pytest
import shapely
from exchange_rows import (
    CRS,
    arrived,
    make_cases,
    make_communities,
    make_departments,
    rows_of,
    texts,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from platform_rows import make_components, make_grids
from wangge.plugin.database.exchange.arrival import import_package
from wangge.plugin.database.exchange.checking import check_package
from wangge.plugin.database.exchange.export import export_package
from wangge.plugin.database.exchange.files import FORMATS
from wangge.plugin.database.exchange.folders import latest_package, packages_in
from wangge.plugin.errors import Cancelled, WanggeError
from wangge.plugin.progress import Silent
from wangge.plugin.rules.batch import Batch
from wangge.plugin.standards.profile import EXCHANGE_CATEGORIES
from wangge.plugin.standards.profiles import list_profiles, load_profile
from wangge.plugin.standards.spec import FieldSpec, FieldType

GENERIC = load_profile("generic")
TYPED = replace(
    GENERIC,
    fields={
        "component": (
            FieldSpec("height", FieldType.REAL),
            FieldSpec("count", FieldType.INTEGER),
            FieldSpec("材质", FieldType.TEXT),
        )
    },
)


def sources(**batches):
    return {name: (lambda batch=batch: [batch]) for name, batch in batches.items()}


def town():
    return sources(
        component=make_components(7),
        unit_grid=make_grids(3),
        department=make_departments("11500112009999999X"),
        community=make_communities("500112001002", "500112001003"),
        case=make_cases(
            ("500112001002001", "closed", "supervisor", "11500112009999999X", "06001"),
            ("500112001002002", "立案", "热线", "11500112009999999X", "01001"),
            ("500112001003001", "rejected", "public", None, "06001"),
            (None, "reported", "public", None, "06001"),
        ),
    )


# -- round trips -------------------------------------------------------------------------------

_CODES = st.lists(
    st.text(st.characters(min_codepoint=48, max_codepoint=57), min_size=1, max_size=17),
    min_size=0,
    max_size=6,
    unique=True,
)
_TEXTS = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_SPECIAL = st.sampled_from(
    [
        "",
        '"',
        ",",
        "\r\n",
        "\r",
        '","",',
        "]]>",
        "&amp;<a/>",
        "null",
        "\x00",
        "\x1fs",
        "\x1f\x1f",
        "\ufffe",
        " 网 ",
        "%s",
    ]
)
_FLOATS = st.floats(allow_nan=True, allow_infinity=True).map(lambda v: v + 0.0)
_PLACES = st.floats(allow_nan=False, allow_infinity=False, width=64)
_SHAPES = st.none() | st.one_of(
    st.builds(shapely.Point, _PLACES, _PLACES),
    st.builds(shapely.Point, _PLACES, _PLACES, _PLACES),
    st.lists(st.tuples(_PLACES, _PLACES), min_size=2, max_size=4).map(shapely.LineString),
    st.lists(st.tuples(_PLACES, _PLACES), min_size=3, max_size=4).map(shapely.Polygon),
    st.lists(st.tuples(_PLACES, _PLACES), min_size=0, max_size=3).map(shapely.MultiPoint),
    st.sampled_from(
        [
            shapely.from_wkt("POINT EMPTY"),
            shapely.from_wkt("POLYGON ((0 0, 9 0, 9 9, 0 0), (1 .5, 2 .5, 2 1, 1 .5))"),
            shapely.from_wkt("MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))"),
            shapely.from_wkt("GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (0 0, 1 1))"),
        ]
    ),
)


@st.composite
def component_batches(draw):
    codes = draw(_CODES)
    n = len(codes)

    def column(values):
        return draw(st.lists(values, min_size=n, max_size=n))

    days = st.none() | st.dates()
    instants = st.none() | st.datetimes()
    counts = column(st.none() | st.integers(-(2**63), 2**63 - 1))
    empty = np.array([c is None for c in counts], bool)
    shapes = np.empty(n, object)
    shapes[:] = column(_SHAPES)
    fields = {
        "component_code": texts(*codes),
        "component_name": texts(*column(_TEXTS | _SPECIAL)),
        "note": texts(*column(_TEXTS | _SPECIAL)),
        "材质": texts(*column(_SPECIAL)),
        "first_date": np.array(column(days), "M8[D]"),
        "surveyed_at": np.array(column(instants), "M8[ms]"),
        "height": np.array(column(_FLOATS), "f8"),
        "count": np.array([c or 0 for c in counts], "i8"),
    }
    return Batch(fields, shapes, np.arange(1, n + 1), CRS, {"count": empty} if n else {})


@pytest.mark.parametrize("format_", FORMATS)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(batch=component_batches())
def test_a_round_trip_loses_nothing(tmp_path, format_, batch):
    folder = tmp_path / "package"
    done = export_package(
        folder, sources(component=batch), TYPED, categories=["component"], format=format_
    )
    assert done.rows == len(batch)
    back = arrived(folder, tmp_path / "back.gpkg", "component")
    if not len(batch):
        assert back is None
        return
    wanted = batch.take(np.argsort(batch.fields["component_code"], kind="stable"))
    for name in batch.fields:
        assert repr(rows_of(back, name)) == repr(rows_of(wanted, name)), name
    assert back.crs == CRS
    assert (shapely.to_wkb(back.geometry) == shapely.to_wkb(wanted.geometry)).all()


def test_all_thirteen_categories_go_out_and_come_back_in_every_layout(tmp_path):
    for format_ in FORMATS:
        folder = tmp_path / format_
        done = export_package(folder, town(), GENERIC, format=format_)
        assert [c.table.name for c in done.manifest.contents] == list(EXCHANGE_CATEGORIES)
        imported = import_package(folder, tmp_path / f"{format_}.gpkg")
        assert list(imported.tables) == list(EXCHANGE_CATEGORIES)
        assert imported.rows == done.rows == sum(imported.tables.values())
        assert (imported.tables["component"], imported.tables["unit_grid"]) == (7, 3)


def test_packages_speak_the_standards_abbreviations(tmp_path):
    export_package(tmp_path / "p", town(), GENERIC, categories=["component"], format="json")
    row = json.loads((tmp_path / "p" / "component.json").read_text("utf-8"))[0]
    assert row["GLBJBSM"] == "50011201001000000"
    assert (row["SZDYWGBSM"], row["CSRQ"]) == ("500112001002001", "20240229")
    assert row["geometry"] == "POINT (500000.25 3270000.5)"
    assert row["QSDWDM"] is None


def test_a_profile_sets_names_encoding_and_dates(tmp_path):
    exchange = replace(
        GENERIC.exchange,
        format="csv",
        encoding="gb18030",
        date_format="%Y/%m/%d",
        names={"unit_grid": {"grid_code": "网格码", "start_date": "启用"}},
    )
    profile = replace(GENERIC, exchange=exchange)
    export_package(tmp_path / "p", town(), profile, categories=["unit_grid"])
    lines = (tmp_path / "p" / "unit_grid.csv").read_text("gb18030").splitlines()
    assert lines[0].startswith("网格码,")
    assert ",2024/01/01," in lines[1]
    back = arrived(tmp_path / "p", tmp_path / "b.gpkg", "unit_grid")
    assert back.fields["start_date"].astype(str).tolist() == ["2024-01-01"] * 3


# -- statistics --------------------------------------------------------------------------------


def test_cases_are_counted_by_area_department_type_and_source(tmp_path):
    export_package(tmp_path / "p", town(), GENERIC, format="csv")
    output = tmp_path / "b.gpkg"

    def table(category, *names):
        return rows_of(arrived(tmp_path / "p", output, category), *names)

    assert table("case_total_statistics", "area_code", "reported_count", "opened_count",
                 "handled_count", "closed_count", "rejected_count", "opened_rate") == [
        ("500112", 4, 2, 1, 1, 1, 0.5)
    ]  # fmt: skip
    areas = table("area_case_statistics", "area_code", "area_name", "reported_count", "closed_rate")
    assert areas == [
        ("500112", "区500112", 3, 0.5),
        ("500112001", "街道001", 3, 0.5),
        ("500112001002", "社区002", 2, 0.5),
        ("500112001003", "社区003", 1, None),
    ]
    assert table("department_case_statistics", "department_code", "department_name",
                 "reported_count") == [
        ("11500112009999999X", "部门11500112009999999X", 2)
    ]  # fmt: skip
    assert table("case_source_statistics", "source_code", "source_name", "reported_count") == [
        ("hotline", "热线", 1),
        ("public", "公众举报", 2),
        ("supervisor", "监督员上报", 1),
    ]
    types = table("case_type_statistics", "case_type", "class_code", "class_name", "reported_count")
    assert ("component", "01001", "供水井盖", 1) in types
    assert sum(t[3] for t in types) == 4
    totals = table("area_total_statistics", "area_code", "unit_grid_count", "component_count",
                   "case_count")  # fmt: skip
    assert totals[0] == ("500112", 3, 7, 3)
    assert totals[3] == ("500112001003", 0, 0, 1)
    periods = table("case_total_statistics", "period_start", "period_end")
    assert periods == [("2026-01-01", "2026-01-04")]


def test_what_is_missing_is_said(tmp_path):
    class Heard(Silent):
        warnings: list[str] = []  # noqa: RUF012

        def warn(self, message):
            self.warnings.append(message)

    heard = Heard()
    done = export_package(
        tmp_path / "p", sources(component=make_components(3)), GENERIC, progress=heard
    )
    counts = {c.table.name: c.rows for c in done.manifest.contents}
    assert (counts["case_total_statistics"], counts["unit_grid"]) == (0, 0)
    assert any("unit_grid" in w and "case" in w for w in heard.warnings)
    assert any("surveyors" in w for w in heard.warnings)
    assert tuple(heard.warnings) == done.manifest.notes


# -- changes -----------------------------------------------------------------------------------


def components(codes, note="", first=0):
    batch = make_components(len(codes), first=first)
    column = texts(*(f"{note}{c}" for c in codes))
    return batch.with_fields(component_code=texts(*codes), note=column)


@pytest.mark.parametrize("format_", FORMATS)
def test_changes_hold_what_changed_and_what_is_gone(tmp_path, format_):
    options = {"categories": ["component"], "format": format_}
    before = components(["1", "2", "3", "4"])
    now = components(["1", "2", "4", "5"])
    now = now.take(np.array([3, 1, 0, 2]))
    now.fields["note"][1] = "changed"
    now = Batch(now.fields, before.geometry[[3, 1, 0, 3]], now.ids, CRS)
    for name in before.fields:
        if name not in ("note", "component_code"):
            now.fields[name][:] = before.fields[name][[3, 1, 0, 3]]
    full, changes = tmp_path / "full", tmp_path / "changes"
    export_package(full, sources(component=before), GENERIC, **options)
    done = export_package(changes, sources(component=now), GENERIC, previous=full, **options)
    content = done.manifest.content("component")
    assert (content.rows, content.removed) == (2, 1)
    alone = arrived(changes, tmp_path / "alone.gpkg", "component")
    assert alone.fields["component_code"].tolist() == ["2", "5"]
    whole = arrived(changes, tmp_path / "whole.gpkg", "component", previous=[full])
    assert rows_of(whole, "component_code", "note") == [
        ("1", "1"), ("2", "changed"), ("4", "4"), ("5", "5")
    ]  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    states=st.lists(
        st.dictionaries(st.integers(1, 6).map(str), st.sampled_from("abc"), max_size=6),
        min_size=2,
        max_size=4,
    ),
    format_=st.sampled_from(FORMATS),
)
def test_a_chain_of_changes_ends_at_the_last_state(tmp_path, states, format_):
    shutil.rmtree(tmp_path / "chain", ignore_errors=True)
    folders = []
    for number, state in enumerate(states):
        batch = make_components(len(state)).with_fields(
            component_code=texts(*state), note=texts(*state.values())
        )
        folders.append(tmp_path / "chain" / f"{number}")
        export_package(
            folders[-1],
            sources(component=batch),
            GENERIC,
            categories=["component"],
            format=format_,
            previous=folders[-2] if number else None,
        )
    back = arrived(
        folders[-1],
        tmp_path / "state.gpkg",
        "component",
        previous=packages_in(tmp_path / "chain"),
    )
    got = dict(rows_of(back, "component_code", "note")) if back is not None else {}
    assert got == states[-1]


def test_changes_without_the_package_before_are_refused(tmp_path):
    for number, previous in enumerate((None, 0, 1)):
        export_package(
            tmp_path / f"{number}",
            sources(component=components(["1"], note=str(number))),
            GENERIC,
            categories=["component"],
            previous=None if previous is None else tmp_path / f"{previous}",
        )
    with pytest.raises(WanggeError, match="not among the previous ones"):
        import_package(tmp_path / "2", tmp_path / "o.gpkg", previous=[tmp_path / "0"])
    assert not (tmp_path / "o.gpkg").exists()


def test_the_newest_package_of_a_folder_is_built_on(tmp_path):
    assert latest_package(tmp_path, other_than=tmp_path / "1") is None
    for name in ("2", "1"):
        export_package(tmp_path / name, town(), GENERIC, categories=["unit_grid"])
        time.sleep(0.01)
    assert latest_package(tmp_path, other_than=tmp_path / "3") == tmp_path / "1"
    assert latest_package(tmp_path, other_than=tmp_path / "1") == tmp_path / "2"


def test_what_a_killed_run_left_is_swept_after_a_day(tmp_path):
    old, new = tmp_path / ".p.0a.part", tmp_path / ".p.0b.part"
    for left in (old, new):
        left.mkdir()
        (left / "component.json").write_text("[")
    os.utime(old, (0, 0))
    export_package(tmp_path / "p", town(), GENERIC, categories=["unit_grid"])
    assert sorted(p.name for p in tmp_path.iterdir()) == [".p.0b.part", "p"]


# -- refusals ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codes", "sentence"),
    [
        (["1", None, ""], "component_code is empty.*2 such rows"),
        (["1", "2", "1"], "component_code 1 stands on more than one row"),
    ],
)
def test_rows_that_cannot_be_told_apart_do_not_leave(tmp_path, codes, sentence):
    batch = make_components(3).with_fields(component_code=texts(*codes))
    with pytest.raises(WanggeError, match=sentence):
        export_package(tmp_path / "p", sources(component=batch), GENERIC)
    assert list(tmp_path.iterdir()) == []


def test_a_character_the_encoding_lacks_is_named(tmp_path):
    profile = replace(GENERIC, exchange=replace(GENERIC.exchange, encoding="gbk"))
    batch = make_components(1).with_fields(note=texts("𠮷野家"))
    with pytest.raises(WanggeError, match="encoding gbk"):
        export_package(tmp_path / "p", sources(component=batch), profile)
    assert list(tmp_path.iterdir()) == []


def test_a_failure_leaves_the_earlier_package(tmp_path):
    folder = tmp_path / "p"
    first = export_package(folder, town(), GENERIC)

    def failing():
        yield make_components(2)
        raise WanggeError("The network is gone.")

    with pytest.raises(WanggeError, match="network is gone"):
        export_package(folder, {"component": failing}, GENERIC)
    assert check_package(folder) == first.manifest
    assert [p.name for p in tmp_path.iterdir()] == ["p"]
    second = export_package(folder, town(), GENERIC)
    assert check_package(folder) == second.manifest


def test_changes_do_not_replace_the_package_they_build_on(tmp_path):
    export_package(tmp_path / "p", town(), GENERIC)
    with pytest.raises(WanggeError, match="receiver needs both"):
        export_package(tmp_path / "p", town(), GENERIC, previous=tmp_path / "p")
    assert check_package(tmp_path / "p").base == ""


def test_cancelling_leaves_nothing(tmp_path):
    class Impatient(Silent):
        def is_cancelled(self):
            return True

    with pytest.raises(Cancelled):
        export_package(tmp_path / "p", town(), GENERIC, progress=Impatient())
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_other_files_is_not_replaced(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(WanggeError, match="holds other files"):
        export_package(tmp_path, town(), GENERIC)
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def damaged(tmp_path, format_="json"):
    folder = tmp_path / "p"
    export_package(folder, town(), GENERIC, format=format_)
    return folder


def refused(folder, sentence):
    output = folder.parent / "out.gpkg"
    with pytest.raises(WanggeError, match=sentence):
        import_package(folder, output)
    assert not output.exists()
    assert [p.name for p in folder.parent.iterdir()] == ["p"]


def test_a_damaged_file_is_named(tmp_path):
    folder = damaged(tmp_path)
    path = folder / "unit_grid.json"
    data = bytearray(path.read_bytes())
    data[40] ^= 1
    path.write_bytes(data)
    refused(folder, "unit_grid.json.*damaged or was altered")


def test_a_missing_file_is_named(tmp_path):
    folder = damaged(tmp_path)
    (folder / "case_state.json").unlink()
    refused(folder, "incomplete: case_state.json")


def test_an_extra_file_is_named(tmp_path):
    folder = damaged(tmp_path)
    (folder / "setup.exe").write_bytes(b"MZ")
    refused(folder, "does not name: setup.exe")


def test_an_altered_manifest_is_noticed(tmp_path):
    folder = damaged(tmp_path)
    path = folder / "manifest.json"
    path.write_text(path.read_text("utf-8").replace('"rows": 3', '"rows": 4'), "utf-8")
    refused(folder, "manifest.json.*damaged or was altered")


def test_a_folder_without_package_says_so(tmp_path):
    (tmp_path / "p").mkdir()
    refused(tmp_path / "p", "no exchange package: manifest.json is missing")


def resealed(folder, change):
    """Let a sender err: the manifest is changed, and everything is hashed again."""
    from wangge.plugin.database.exchange.manifest import SEAL, digest_of

    path = folder / "manifest.json"
    values = json.loads(path.read_text("utf-8"))
    change(values)
    for name, entry in values["files"].items():
        if (folder / name).is_file():
            entry["bytes"], entry["sha256"] = digest_of(folder / name)
    path.write_text(json.dumps(values), "utf-8")
    (folder / SEAL).write_text(f"{digest_of(path)[1]}  manifest.json\n")


def entry_of(values, category):
    return next(c for c in values["categories"] if c["category"] == category)


def test_a_wrong_count_is_noticed(tmp_path):
    folder = damaged(tmp_path)
    resealed(folder, lambda v: entry_of(v, "unit_grid").update(rows=4))
    refused(folder, "unit_grid holds 3 rows, the manifest says 4")


def test_other_rows_than_the_manifest_was_made_for_are_noticed(tmp_path):
    folder = damaged(tmp_path)
    path = folder / "unit_grid.json"
    path.write_text(path.read_text("utf-8").replace("10000.0", "10001.0", 1), "utf-8")
    resealed(folder, lambda v: None)
    refused(folder, "unit_grid are not those")


@pytest.mark.parametrize("name", ["../p/x.json", "/etc/passwd", "a/b.json", ".."])
def test_a_manifest_cannot_point_outside(tmp_path, name):
    folder = damaged(tmp_path)

    def change(values):
        values["files"][name] = values["files"].pop("case_state.json")

    resealed(folder, change)
    refused(folder, "damaged or was altered")


@pytest.mark.parametrize(
    ("format_", "text"),
    [
        ("json", "{}"),
        ("json", "[{]"),
        ("json", "[" * 100_000),
        ("json", '[{"GRID": 1}]'),
        ("json", "[1]"),
        ("csv", "a,b\r\n1,2\r\n"),
        ("csv", ""),
        ("xml", "<table><row><a><b/></a></row></table>"),
        ("xml", "<table><row>"),
        ("xml", ""),
    ],
)
def test_a_file_of_another_layout_is_refused(tmp_path, format_, text):
    folder = damaged(tmp_path, format_)
    (folder / f"unit_grid.{format_}").write_text(text, "utf-8")
    resealed(folder, lambda v: None)
    refused(folder, f"unit_grid.{format_}.*cannot be read")


def test_xml_entities_are_never_expanded(tmp_path):
    folder = damaged(tmp_path, "xml")
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE t [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">'
        '<!ENTITY f SYSTEM "file:///etc/passwd">]><table><row><BZ>&b;&f;</BZ></row></table>'
    )
    (folder / "unit_grid.xml").write_text(bomb, "utf-8")
    resealed(folder, lambda v: None)
    refused(folder, "unit_grid.xml.*cannot be read")


def test_a_value_of_another_type_is_named(tmp_path):
    folder = damaged(tmp_path)
    path = folder / "unit_grid.json"
    path.write_text(path.read_text("utf-8").replace('"20240101"', '"20241399"', 1), "utf-8")
    resealed(folder, lambda v: None)
    refused(folder, "unit_grid, row 1, field start_date: “20241399” is no date")


def test_a_json_value_that_is_no_text_is_refused(tmp_path):
    folder = damaged(tmp_path)
    path = folder / "unit_grid.json"
    path.write_text(path.read_text("utf-8").replace('"20240101"', "true", 1), "utf-8")
    resealed(folder, lambda v: None)
    refused(folder, "unit_grid.json of the package cannot be read after row 1")


def test_a_geopackage_with_a_view_in_place_of_a_table_is_refused(tmp_path):
    import sqlite3

    folder = damaged(tmp_path, "gpkg")
    with sqlite3.connect(folder / "package.gpkg") as connection:
        connection.execute("ALTER TABLE unit_grid RENAME TO hidden")
        connection.execute("CREATE VIEW unit_grid AS SELECT * FROM hidden")
    connection.close()
    resealed(folder, lambda v: None)
    refused(folder, "package.gpkg.*cannot be read")


@pytest.mark.parametrize("name", list_profiles())
def test_every_profile_sends_and_receives_in_its_own_layout(tmp_path, name):
    profile = load_profile(name)
    done = export_package(tmp_path / "p", town(), profile)
    assert done.manifest.layout.format == profile.exchange.format
    for content in done.manifest.contents:
        names = content.table.exchanged
        assert len({n.lower() for n in names}) == len(names)
    assert import_package(tmp_path / "p", tmp_path / "o.gpkg").rows == done.rows
