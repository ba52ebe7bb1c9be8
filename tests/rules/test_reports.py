import csv
import datetime
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
import shapely
from wangge.plugin.rules.catalogue import all_rules, document_rules, list_rules
from wangge.plugin.rules.finding import Finding, Severity
from wangge.plugin.rules.report import REPORT_COLUMNS, ReportInfo, shown_findings
from wangge.plugin.rules.report_csv import csv_report
from wangge.plugin.rules.report_html import html_report
from wangge.plugin.rules.report_json import SCHEMA, write_json
from wangge.plugin.rules.report_places import Places
from wangge.plugin.rules.states import accept, carry_over

DAY = datetime.date(2026, 11, 1)
FAULTS = {
    "note": ["a ", "<b>１</b>", None, "=1+1 "],
    "grid_code": ["510107001001002", "510107001001002", "510107001001001", "x"],
}


@pytest.fixture
def info(make_context):
    communities = make_context("component").communities
    return ReportInfo("部件.gpkg", DAY, "GB/T 47678.5-2026", communities, ("东门社区", "西门社区"))


@pytest.fixture
def result(check):
    return check("component", **FAULTS)


def test_the_json_report_reconciles(result, info, tmp_path):
    write_json(tmp_path / "r.json", result, info)
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert report["schema"] == SCHEMA
    assert report["rows"] == 4
    for severity in Severity:
        run = [r for r in report["rules_run"] if r["severity"] == severity.value]
        listed = [f for f in report["findings"] if f["severity"] == severity.value]
        assert report["counts"][severity.value] == sum(r["count"] for r in run) == len(listed)
    by_rule = {r["rule"]: r["count"] for r in report["rules_run"]}
    assert by_rule["P3"] == 3
    assert by_rule["C8"] == 3
    (p5,) = [r for r in report["rules_run"] if r["rule"] == "P5"]
    assert p5["parameters"] == {"distance": 0.5, "by_class": {}}
    assert set(report["findings"][0]) == set(REPORT_COLUMNS)
    assert len(report["rules_run"]) + len(report["rules_not_run"]) > 30


def test_an_accepted_finding_is_counted_apart(result, check, info, tmp_path):
    kept = accept([next(iter(result))], person="张三", reason="边界待定", date=DAY)
    again = carry_over(kept, check("component", **FAULTS))
    write_json(tmp_path / "r.json", again, info)
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert report["counts"]["accepted"] == 1
    assert report["counts"]["error"] == result.error_count - 1
    assert "边界待定" in html_report(again, info)


def test_the_csv_has_a_row_per_finding_and_no_formula(result, tmp_path):
    (tmp_path / "r.csv").write_bytes(csv_report(result).encode())
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.DictReader(source))
    assert len(rows) == len(list(result))
    assert tuple(rows[0]) == REPORT_COLUMNS
    assert not [v for row in rows for v in row.values() if v.startswith("=")]
    place = next(r for r in rows if r["rule"] == "P3")
    assert (float(place["x"]), float(place["y"])) == (1010.125, 2010.125)


def test_the_page_reconciles_and_shows_the_worst_first(result, info):
    page = html_report(result, info)
    rows = re.findall(r"<tr><td>5101\d+</td><td>(.+?)</td>((?:<td class=\"n\">\d+</td>)+)", page)
    counts = {name: list(map(int, re.findall(r">(\d+)<", cells))) for name, cells in rows}
    assert counts == {"西门社区": [2, 1, 0], "东门社区": [1, 2, 0]}
    assert list(counts) == ["西门社区", "东门社区"]
    assert page.index('id="P3"') < page.index('id="C8"')
    assert "部件.gpkg" in page


def test_the_page_leads_into_qgis(result, info, tmp_path):
    layer = tmp_path / "问题 1.gpkg"
    there = replace(info, findings=str(layer))
    assert f'href="{layer.as_uri()}"' in html_report(result, there)
    beside = html_report(result, there, folder=tmp_path)
    assert 'href="%E9%97%AE%E9%A2%98%201.gpkg"' in beside
    assert "1010.125,2010.125" in beside


def make_finding(x, y, shape=None):
    where = shape if shape is not None else shapely.Point(x, y)
    return Finding("P3", Severity.ERROR, "component", "1", "told", geometry=where)


def test_each_listed_finding_leads_to_a_place_that_shows_it(result, info, tmp_path):
    shown = [f for some in shown_findings(result).values() for f in some]
    places = Places(shown, folder="报告_places", is_geographic=False)
    page = html_report(result, replace(info, findings=str(tmp_path / "f.gpkg")), places=places)
    ET.fromstring(page[page.index("<html") :].replace('<meta charset="utf-8">', ""))
    links = re.findall(r'<a href="%E6%8A%A5%E5%91%8A_places/(\d+).qgz">([\d.]+),([\d.]+)</a>', page)
    assert len(links) == len([f for f in shown if f.geometry is not None]) > 3
    bounds = {place.name: place.bounds for place in places}
    for name, x, y in links:
        west, south, east, north = bounds[name]
        assert west + 39 < float(x) < east - 39
        assert south + 39 < float(y) < north - 39
        assert east - west < 200
    assert "报告_places" in page


def test_many_findings_share_places_that_show_them_all():
    far = [make_finding(500_000 + 37 * i, 3_400_000 + 53 * (i % 91)) for i in range(3000)]
    places = Places(far, folder="p", is_geographic=False, most=50)
    assert 10 < len(places) <= 50
    bounds = {f"p/{place.name}.qgz": place.bounds for place in places}
    for finding in far:
        x, y = finding.geometry.x, finding.geometry.y
        west, south, east, north = bounds[places.link(x, y)]
        assert west < x < east
        assert south < y < north


def test_places_in_degrees_are_metres_wide():
    places = Places([make_finding(104.06, 30.67)], folder="p", is_geographic=True)
    ((west, south, east, north),) = [place.bounds for place in places]
    assert (north - south) * 110_860 == pytest.approx(80, rel=0.01)
    assert (east - west) * 95_850 == pytest.approx(80, rel=0.01)


def test_a_place_shows_the_whole_line_and_none_is_needed_where_nothing_is():
    line = make_finding(0, 0, shapely.LineString([(0, 0), (1000, 0)]))
    lost = [make_finding(0, 0, shapely.Point()), Finding("C7", Severity.ERROR, "x", "1", "told")]
    (place,) = Places([line, *lost], folder="p", is_geographic=False)
    assert place.bounds == (-100, -40, 1100, 40)
    assert len(Places(lost, folder="p", is_geographic=False)) == 0


def test_the_page_is_whole_and_takes_no_markup_from_data(result, info):
    page = html_report(result, info)
    assert "<b>" not in page
    assert "&lt;b&gt;" in page
    for drawing in re.findall(r"<svg.*?</svg>", page):
        root = ET.fromstring(drawing)
        assert root.findall("{http://www.w3.org/2000/svg}circle")
    body = page[page.index("<html") :].replace('<meta charset="utf-8">', "")
    ET.fromstring(body)
    assert "http" not in re.sub(r'xmlns="[^"]*"', "", page)


def test_a_clean_layer_has_a_page_too(check, info):
    assert "<svg" in html_report(check("component"), info)
    assert html_report(check("component"), ReportInfo())


def test_the_list_of_rules_is_the_catalogue():
    table = list_rules().fields
    assert list(table) == ["rule", "severity", "subject", "title_en", "title_zh", "parameters"]
    assert table["rule"].tolist() == [r.id for r in all_rules()]
    assert len(set(table["rule"].tolist())) == len(all_rules())


def test_every_rule_is_documented_in_both_languages():
    english, chinese = document_rules(), document_rules(chinese=True)
    for r in all_rules():
        assert f"### {r.id} {r.title_en}" in english
        assert f"### {r.id} {r.title_zh}" in chinese
        assert re.search("[\u4e00-\u9fff]", r.title_zh + r.help_zh)
        for p in r.parameters:
            assert p.help_en
            assert p.help_zh
