"""The atlas on paper: read back from the PDF with poppler's tools, as a reader would."""

import re
import shutil
import subprocess
from collections import Counter
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from qgis.core import (
    QgsFeature,
    QgsFeatureRequest,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate

CODE = re.compile(r"\b50\d{4}FX\d{5}\b")


def pages_of(pdf):
    """Return the text of each page (form feeds part them)."""
    text = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True
    ).stdout
    return text.split("\f")[:-1]


def words_of(pdf):
    """Return (page, xmin, ymin, xmax, ymax, word) of every word, in points."""
    html = subprocess.run(
        ["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True, text=True
    ).stdout
    found, page = [], 0
    for line in html.splitlines():
        if "<page " in line:
            page += 1
        elif match := re.search(
            r'xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</', line
        ):
            found.append((page, *map(float, match.groups()[:4]), match[5]))
    return found


def page_size(pdf):
    text = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
    return re.search(r"Page size:.*\((\w+)\)", text)[1], int(re.search(r"Pages:\s+(\d+)", text)[1])


def features_of(source):
    return list(QgsVectorLayer(str(source), "layer", "ogr").getFeatures())


@pytest.fixture(scope="module")
def atlas(provider, city, tmp_path_factory):
    """The town's atlas by community with a previous edition; (results, its changes)."""
    folder = tmp_path_factory.mktemp("risk") / "atlas"
    before = QgsVectorLayer(city("risk"), "before", "ogr").materialize(QgsFeatureRequest())
    names = before.fields().names()
    rows = list(before.getFeatures())
    provider_ = before.dataProvider()
    provider_.deleteFeatures([rows[0].id()])
    level = names.index("level")
    other = "red" if rows[1]["level"] != "red" else "blue"
    provider_.changeAttributeValues(
        {
            rows[1].id(): {level: other},
            rows[2].id(): {names.index("risk_code"): "GONE-1"},
        }
    )
    algorithm = provider.algorithm("export_risk_atlas")
    results, ok = algorithm.run(
        {
            "INPUT": city("risk"),
            "AREAS": city("community"),
            "BACKGROUND": [city("street"), city("water")],
            "PREVIOUS": before,
            "EDITION": "2026年第1期",
            "PREVIOUS_EDITION": "2025年第4期",
            "FOLDER": str(folder),
        },
        QgsProcessingContext(),
        QgsProcessingFeedback(),
        {},
        False,
    )
    assert ok
    return results, [rows[0]["risk_code"], rows[1]["risk_code"], rows[2]["risk_code"]]


def test_every_open_risk_stands_in_a_table_and_pages_are_numbered(atlas, city):
    results, _ = atlas
    size, count = page_size(results["PDF"])
    pages = pages_of(results["PDF"])
    assert size == "A4"
    assert count == len(pages) == results["PAGE_COUNT"]
    for number, page in enumerate(pages, 1):
        assert f"第{number}页共{count}页" in re.sub(r"\s", "", page)
        assert "城市风险图册" in page  # whole, searchable Chinese
        assert "2026年第1期" in page
        assert "lec" in page
    wanted = {f["risk_code"] for f in features_of(city("risk")) if f["status"] != "closed"}
    listed = Counter(code for page in pages[:-1] for code in CODE.findall(page))
    assert set(listed) == wanted
    assert set(listed.values()) == {1}
    assert results["RISK_COUNT"] == len(wanted)


def test_the_overview_sends_readers_to_the_right_page(atlas, city):
    results, _ = atlas
    pages = pages_of(results["PDF"])
    names = {f["community_code"]: f["community_name"] for f in features_of(city("community"))}
    assert results["AREA_COUNT"] == len(names)
    for code, name in names.items():
        [line] = [line for line in pages[1].splitlines() if code in line]
        page = pages[int(line.split()[-1]) - 1]
        assert name in page.splitlines()[0] + page.splitlines()[1]
        red, orange, yellow, blue, unrated, total = map(int, line.split()[2:8])
        assert red + orange + yellow + blue + unrated == total
        legend = {"重大": red, "较大": orange, "一般": yellow, "低": blue}
        for word, number in legend.items():
            assert re.search(rf"{word}风险（.）\s+{number} 处", page)


def test_changes_since_the_previous_edition_are_told(atlas):
    results, (new, changed, renamed) = atlas
    last = pages_of(results["PDF"])[-1]
    assert "与上期相比的变化" in last
    lines = {words[1]: words[0] for line in last.splitlines() if len(words := line.split()) > 2}
    assert lines[new] == lines[renamed] == "新增"
    assert lines["GONE-1"] == "移出清单"
    assert lines[changed] in ("升级", "降级")
    assert results["CHANGE_COUNT"] == 4
    assert "2025年第4期" in pages_of(results["PDF"])[0]


def test_words_stay_on_the_paper_and_rows_apart(atlas):
    results, _ = atlas
    words = words_of(results["PDF"])
    margin = 10 / 25.4 * 72 - 3
    for page, left, top, right, bottom, word in words:
        assert left >= margin, (page, word)
        assert right <= 842 - margin, (page, word)
        assert top >= 0, (page, word)
        assert bottom <= 595, (page, word)
    codes = [w for w in words if CODE.fullmatch(w[5])]
    assert len(codes) > 20
    for first, second in pairwise(codes):
        if first[0] == second[0]:
            assert second[2] >= first[4]  # the next row begins below the one before
    # A table stays above the foot of the page, where the page's number stands.
    foot = {w[0]: w[2] for w in words if w[5] == "第"}
    assert all(code[4] < foot[code[0]] for code in codes)


def colours_of(pdf, page, folder):
    subprocess.run(
        ["pdftoppm", "-r", "60", "-f", str(page), "-l", str(page), str(pdf), str(folder / "p")],
        check=True,
    )
    [image] = folder.glob("p-*.ppm")
    content = image.read_bytes().split(b"\n", 3)[3]
    image.unlink()
    return Counter(zip(content[::3], content[1::3], content[2::3], strict=True))


def test_colours_are_those_of_the_levels(atlas, city, tmp_path):
    from wangge.plugin.standards.domains import RISK_COLOURS

    results, _ = atlas
    levels = {f["level"] for f in features_of(city("risk")) if f["status"] != "closed"}
    found = colours_of(results["PDF"], 2, tmp_path)
    for level in levels:
        assert found[RISK_COLOURS[level]] > 200  # the cell of the area table
    on_map = colours_of(results["PDF"], 1, tmp_path)
    assert all(on_map[RISK_COLOURS[level]] > 5 for level in levels)


def test_the_list_beside_it_holds_every_risk_and_the_changes(atlas, city):
    results, _ = atlas
    assert sorted(p.name for p in Path(results["FOLDER"]).iterdir()) == [
        "risk_atlas.pdf",
        "risk_list.xlsx",
    ]
    book = openpyxl.load_workbook(results["LIST"])
    assert book.sheetnames == ["风险清单", "分区统计", "变化情况"]
    assert book["风险清单"].max_row - 1 == len(features_of(city("risk")))
    assert book["变化情况"].max_row - 1 == 4


AREAS = "MultiPolygon?crs=EPSG:4547&field=community_code:string(12)&field=community_name:string(50)"
RISKS = (
    "{}?crs=EPSG:4547&field=risk_code:string(32)&field=risk_name:string(100)"
    "&field=level:string(10)&field=score:double&field=status:string(10)&field=measures:string(2000)"
    "&field=review_date:date"
)


def make_layer(uri, *rows):
    layer = QgsVectorLayer(uri, "风险点", "memory")
    features = []
    for wkt, *values in rows:
        feature = QgsFeature(layer.fields())
        feature.setAttributes([*values, *[None] * (layer.fields().count() - len(values))])
        if wkt:
            feature.setGeometry(QgsGeometry.fromWkt(wkt))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def square(x, y=3_270_000, side=500):
    return (
        f"MULTIPOLYGON((({x} {y}, {x + side} {y}, {x + side} {y + side}, {x} {y + side}, {x} {y})))"
    )


def make_areas():
    return make_layer(
        AREAS,
        (square(500_000), "500112001001", "一社区"),
        (square(500_500), "500112001002", "二社区"),
    )


def test_empty_areas_risks_elsewhere_and_long_texts(run, tmp_path):
    risks = make_layer(
        RISKS.format("Point"),
        ("POINT(500100 3270100)", "FX1", "甲", "red", 400, "open", "加固，" * 600),
        ("POINT(900000 3270100)", "FX2", "乙", "blue", 10, "open", "巡查"),
        (None, "FX3", "丙", "", None, "open", "巡查"),
        ("POINT(500600 3270100)", "FX4", "丁", "red", 400, "closed", "巡查"),
    )
    done = run(
        "export_risk_atlas", INPUT=risks, AREAS=make_areas(), PAPER="A3", FOLDER=str(tmp_path / "a")
    )
    assert page_size(done["PDF"]) == ("A3", done["PAGE_COUNT"])
    pages = pages_of(done["PDF"])
    assert (done["RISK_COUNT"], done["AREA_COUNT"]) == (3, 2)
    assert "…" in "".join(p for p in pages if "FX1" in p)  # cut to the page, and said so
    [empty] = [p for p in pages[2:] if "二社区" in p]
    assert "本区域没有未销号的风险" in empty
    assert "各区域之外或未定位的风险" in pages[-1]
    assert "FX2" in pages[-1]
    assert "FX3" in pages[-1]
    assert not any("FX4" in p for p in pages)
    assert openpyxl.load_workbook(done["LIST"])["风险清单"].max_row == 5


@pytest.mark.parametrize(
    ("kind", "wkt"),
    [
        ("LineString", "LINESTRING(500100 3270100, 500900 3270200)"),
        ("Polygon", "POLYGON((500100 3270100, 500900 3270100, 500900 3270300, 500100 3270100))"),
    ],
)
def test_lines_and_polygons_stand_on_each_page_they_run_into(run, tmp_path, kind, wkt):
    risks = make_layer(RISKS.format(kind), (wkt, "FX1", "甲", "red", 400, "open"))
    done = run("export_risk_atlas", INPUT=risks, AREAS=make_areas(), FOLDER=str(tmp_path / "atlas"))
    pages = pages_of(done["PDF"])
    assert [n for n, page in enumerate(pages, 1) if "FX1" in page] == [3, 4]
    assert colours_of(done["PDF"], 3, tmp_path)[(255, 0, 0)] > 100


def test_no_risks_at_all_still_prints(run, tmp_path):
    done = run(
        "export_risk_atlas",
        INPUT=make_layer(RISKS.format("Point")),
        AREAS=make_areas(),
        FOLDER=str(tmp_path / "atlas"),
    )
    assert (done["RISK_COUNT"], done["PAGE_COUNT"]) == (0, 4)


def test_pages_of_streets_from_communities(run, city, tmp_path):
    done = run(
        "export_risk_atlas",
        INPUT=city("risk"),
        AREAS=city("community"),
        KEY_FIELD="street_code",
        FOLDER=str(tmp_path / "atlas"),
    )
    streets = {f["street_code"]: f["street_name"] for f in features_of(city("community"))}
    assert done["AREA_COUNT"] == len(streets)
    text = "".join(pages_of(done["PDF"]))
    assert all(name in text for name in streets.values())


def test_the_citys_own_template_is_used_and_a_spoilt_one_named(run, tmp_path):
    from wangge.plugin.paths import resource

    own = tmp_path / "own"
    own.mkdir()
    text = resource("layouts", "atlas_area_a4.qpt").read_text(encoding="utf-8")
    (own / "atlas_area_a4.qpt").write_text(text.replace("（续）", "接上页"), encoding="utf-8")
    risks = make_layer(
        RISKS.format("Point"),
        *(("POINT(500100 3270100)", f"FX{n}", "甲", "red", 400, "open") for n in range(90)),
    )
    settings = {"INPUT": risks, "AREAS": make_areas(), "TEMPLATES": str(own)}
    done = run("export_risk_atlas", **settings, FOLDER=str(tmp_path / "atlas"))
    pages = pages_of(done["PDF"])
    assert sum("接上页" in page for page in pages) >= 2
    assert all(sum(f"FX{n} " in page for page in pages) == 1 for n in range(90))

    (own / "atlas_area_a4.qpt").write_text("<Layout", encoding="utf-8")
    with pytest.raises(QgsProcessingException, match=r"atlas_area_a4\.qpt"):
        run("export_risk_atlas", **settings, FOLDER=str(tmp_path / "other"))
    assert not (tmp_path / "other").exists()
    (own / "atlas_area_a4.qpt").write_text(text.replace('id="map"', 'id="x"'), encoding="utf-8")
    with pytest.raises(QgsProcessingException, match="no item “map”"):
        run("export_risk_atlas", **settings, FOLDER=str(tmp_path / "other"))


class Stop(QgsProcessingFeedback):
    """Cancels once the work is so far."""

    def __init__(self, at):
        super().__init__(False)
        self.at = at
        self.progressChanged.connect(lambda value: value >= self.at and self.cancel())


@pytest.mark.parametrize("at", [5, 20, 40, 80])
def test_cancel_leaves_the_earlier_atlas_as_it_was(provider, tmp_path, at):
    risks = make_layer(
        RISKS.format("Point"), ("POINT(500100 3270100)", "FX1", "甲", "red", 400, "open")
    )
    settings = {"INPUT": risks, "AREAS": make_areas(), "FOLDER": str(tmp_path / "atlas")}
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    earlier = tmp_path / "atlas"
    earlier.mkdir()
    (earlier / "risk_atlas.pdf").write_bytes(b"earlier")
    algorithm = provider.algorithm("export_risk_atlas")
    with pytest.raises(QgsProcessingException, match="Cancelled"):
        algorithm.run(settings, context, Stop(at), {}, False)
    assert [p.name for p in tmp_path.iterdir()] == ["atlas"]
    assert (earlier / "risk_atlas.pdf").read_bytes() == b"earlier"
    assert algorithm.run(settings, context, QgsProcessingFeedback(), {}, False)[1]
    assert page_size(earlier / "risk_atlas.pdf")[1] == 4


def test_a_folder_with_other_files_is_left_alone(run, tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "合同.docx").write_bytes(b"x")
    with pytest.raises(QgsProcessingException, match=r"合同\.docx"):
        run(
            "export_risk_atlas",
            INPUT=make_layer(RISKS.format("Point")),
            AREAS=make_areas(),
            FOLDER=str(folder),
        )
    assert [p.name for p in folder.iterdir()] == ["合同.docx"]
    shutil.rmtree(folder)


def test_a_closed_risk_is_on_no_map(run, tmp_path):
    risks = make_layer(
        RISKS.format("Point"), ("POINT(500100 3270100)", "FX1", "甲", "red", 400, "closed")
    )
    done = run("export_risk_atlas", INPUT=risks, AREAS=make_areas(), FOLDER=str(tmp_path / "atlas"))
    legend_only = colours_of(done["PDF"], 1, tmp_path)[(255, 0, 0)]
    risks.startEditing()
    risks.changeAttributeValue(next(risks.getFeatures()).id(), 4, "open")
    done = run("export_risk_atlas", INPUT=risks, AREAS=make_areas(), FOLDER=str(tmp_path / "atlas"))
    assert colours_of(done["PDF"], 1, tmp_path)[(255, 0, 0)] > legend_only > 0


def test_overdue_reviews_are_marked_as_of_the_day_of_the_edition(run, tmp_path):
    risks = make_layer(
        RISKS.format("Point"),
        ("POINT(500100 3270100)", "FX1", "甲", "red", 400, "open", "", QDate(2026, 5, 1)),
        ("POINT(500100 3270200)", "FX2", "乙", "red", 300, "open", "", QDate(2026, 5, 2)),
    )
    done = run(
        "export_risk_atlas",
        INPUT=risks,
        AREAS=make_areas(),
        DATE="2026-05-02",
        FOLDER=str(tmp_path / "atlas"),
    )
    page = pages_of(done["PDF"])[2]
    assert page.count("逾期") == 1
    assert page.index("2026-05-01") < page.index("逾期") < page.index("2026-05-02", 200)
