import tomllib

import pytest
from wangge.plugin.errors import WanggeError
from wangge.plugin.risk.schemes import FOLDER, available_schemes, load_scheme, parse_scheme


def make_table():
    return tomllib.loads(
        """
        id = "ours"
        version = 3
        title_en = "Ours"
        title_zh = "本市"
        formula = "product"
        boundary = ">"
        [[factor]]
        field = "likelihood"
        symbol = "L"
        title_en = "Likelihood"
        title_zh = "可能性"
        values = [{ value = 2, en = "often", zh = "常" }, { value = 0.5, en = "rare", zh = "少" }]
        [[band]]
        level = "red"
        from = 3
        [[band]]
        level = "orange"
        from = 2
        [[band]]
        level = "yellow"
        from = 1
        [[band]]
        level = "blue"
        """
    )


def test_the_three_published_schemes_come_along():
    assert [s.reference for s in available_schemes()] == [
        "lec@1",
        "matrix_5x5_a@1",
        "matrix_5x5_b@1",
    ]


def test_lec_has_the_published_value_sets():
    lec = load_scheme("lec")
    assert {f.symbol: f.allowed for f in lec.factors} == {
        "L": (10, 6, 3, 1, 0.5, 0.2, 0.1),
        "E": (10, 6, 3, 2, 1, 0.5),
        "C": (100, 40, 15, 7, 3, 1),
    }
    assert [(b.level, b.lower) for b in lec.bands] == [
        ("red", 320),
        ("orange", 160),
        ("yellow", 70),
        ("blue", float("-inf")),
    ]


def test_every_value_is_described_in_both_languages():
    for scheme in available_schemes():
        for factor in scheme.factors:
            assert all(v.en.isascii() and not v.zh.isascii() for v in factor.values)


def test_a_reference_names_the_version():
    assert load_scheme("lec@1") == load_scheme("lec")
    with pytest.raises(WanggeError, match=r"lec@7 is not here; version 1"):
        load_scheme("lec@7")


def test_a_city_brings_its_own_file(tmp_path):
    path = tmp_path / "ours.toml"
    path.write_text((FOLDER / "lec.toml").read_text("utf-8").replace('"lec"', '"ours"'), "utf-8")
    assert load_scheme(path).id == "ours"
    assert load_scheme(str(path)).reference == "ours@1"


def test_an_unknown_id_lists_the_known_ones():
    with pytest.raises(WanggeError, match=r"no scheme lcd.*lec, matrix_5x5_a, matrix_5x5_b"):
        load_scheme("lcd")


def test_a_file_that_is_no_toml_or_not_there_is_named(tmp_path):
    with pytest.raises(WanggeError, match=r"gone\.toml cannot be read"):
        load_scheme(tmp_path / "gone.toml")
    broken = tmp_path / "broken.toml"
    broken.write_text("id = ", "utf-8")
    with pytest.raises(WanggeError, match=r"broken\.toml is no valid TOML"):
        load_scheme(broken)
    broken.write_bytes("id = '方案'".encode("gbk"))
    with pytest.raises(WanggeError, match="UTF-8"):
        load_scheme(broken)


def change(key, value):
    def apply(table):
        place = table
        *path, last = key
        for part in path:
            place = place[part]
        if value is None:
            del place[last]
        else:
            place[last] = value

    return apply


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (change(["id"], None), "key id: a text"),
        (change(["id"], "Ours!"), "key id: use small letters"),
        (change(["version"], "3"), "key version: a whole number"),
        (change(["version"], True), "key version: a whole number"),
        (change(["title_zh"], " "), "key title_zh: a text"),
        (change(["formula"], "L*E*C"), r"key formula: L\*E\*C is none of product"),
        (change(["boundary"], "=>"), "key boundary: => is none of"),
        (change(["colour"], "red"), "key colour: there is no such key"),
        (change(["factor"], []), "key factor: one or more tables"),
        (change(["factor", 0, "field"], "L value"), r"key factor\[1\]\.field: use small"),
        (change(["factor", 0, "values"], [1, 2]), r"key factor\[1\]\.values: one or more"),
        (change(["factor", 0, "values", 1, "value"], "x"), r"factor\[1\]\.values\[2\]\.value"),
        (change(["factor", 0, "values", 1, "value"], -1), "a number of 0 or more"),
        (change(["factor", 0, "values", 1, "value"], float("nan")), "a number of 0 or more"),
        (change(["factor", 0, "values", 1, "value"], 2), "listed more than once"),
        (change(["factor", 0, "values", 1, "zh"], None), r"values\[2\]\.zh: a text"),
        (change(["band", 1, "level"], "purple"), r"band\.level: the bands must be red"),
        (change(["band", 1, "from"], 3), r"band\[2\]\.from: it must be less"),
        (change(["band", 1, "from"], None), r"band\[2\]\.from: a number"),
        (change(["band", 3, "from"], 0), r"band\[4\]\.from: the lowest"),
    ],
)
def test_a_broken_scheme_is_refused_by_key(edit, words):
    table = make_table()
    parse_scheme(table)
    edit(table)
    with pytest.raises(WanggeError, match=words):
        parse_scheme(table, source="ours.toml")


def test_two_factors_may_not_share_a_field():
    table = make_table()
    table["factor"] = table["factor"] * 2
    with pytest.raises(WanggeError, match="share one field"):
        parse_scheme(table)
