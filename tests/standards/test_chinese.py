import pytest
from hypothesis import given
from hypothesis import strategies as st
from wangge.plugin.standards.addresses import chinese_number, normalise_address
from wangge.plugin.standards.chinese import (
    FlawKind,
    character_name,
    clean_text,
    find_flaws,
    to_half_width,
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("５１０１０７", "510107"),
        ("\ufeff人民路", "人民路"),
        ("人民\u200b路", "人民路"),
        ("\u00a0人民路\u3000", "人民路"),
        ("人民\u3000路", "人民 路"),
        ("Ａ座（北）", "A座（北）"),
        ("人民路\r\n", "人民路"),
        ("垃圾间（楼）", "垃圾间（楼）"),
        ("", ""),
    ],
)
def test_text_is_put_right(text, meant):
    assert clean_text(text) == meant


@given(st.text())
def test_clean_text_has_no_flaws_and_cleaning_twice_changes_nothing(text):
    cleaned = clean_text(text)
    assert find_flaws(cleaned) == []
    assert clean_text(cleaned) == cleaned


@given(st.text(st.sampled_from("路１Ａa1 （\u200b\u3000\u00a0")))
def test_flaws_are_found_exactly_where_cleaning_changes_something(text):
    assert bool(find_flaws(text)) == (clean_text(text) != text)


@pytest.mark.parametrize(
    ("text", "kind", "position", "named"),
    [
        ("人\u200b民", FlawKind.INVISIBLE, 2, "U+200B ZERO WIDTH SPACE"),
        ("人民\u00a0", FlawKind.INVISIBLE, 3, "U+00A0 NO-BREAK SPACE"),
        ("0１", FlawKind.FULL_WIDTH, 2, "“１”"),
        ("人民 ", FlawKind.EDGE_BLANK, 3, "position 3"),
    ],
)
def test_offending_character_is_named(text, kind, position, named):
    (flaw,) = find_flaws(text)
    assert (flaw.kind, flaw.position) == (kind, position)
    assert named in flaw.message
    assert str(position) in flaw.message


def test_control_character_without_a_name_is_numbered():
    assert character_name("\x07") == "U+0007"


def test_half_width_leaves_chinese_punctuation():
    assert to_half_width("ＡｚＺ０９，。（）！") == "AzZ09，。（）！"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("五", 5),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零三", 103),
        ("一百二十三", 123),
        ("两千零五", 2005),
        ("一二三", 123),
        ("二〇八", 208),
        ("百", 100),
        ("", None),
        ("一二十", None),
        ("十百", None),
        ("路", None),
    ],
)
def test_chinese_number(text, number):
    assert chinese_number(text) == number


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("人民路一百二十三号", "人民路123号"),
        ("人民路１２３号", "人民路 123 号"),
        ("人民南路四段8号", "人民南路4段８号"),
        ("幸福小区3号楼2单元501室", "幸福小区三幢二单元501室"),
        ("天府广场（北）", "天府广场(北)"),
        ("解放路012号", "解放路12号"),
        ("解放路12-3号", "解放路12之3号"),
        ("中心大厦a座", "中心大厦Ａ栋"),
    ],
)
def test_spellings_of_one_place_are_equal(one, other):
    assert normalise_address(one) == normalise_address(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("三环路1号", "二环路1号"), ("人民路12-3号", "人民路123号"), ("五一路", "五二路")],
)
def test_different_places_stay_different(one, other):
    assert normalise_address(one) != normalise_address(other)


def test_numeral_in_a_name_stays():
    assert normalise_address("三环路五一小学") == "三环路五一小学"


@given(
    st.text(st.one_of(st.characters(), st.sampled_from("零一二十百号楼栋幢座单元0012-之~ 路A（）")))
)
def test_normalising_twice_changes_nothing(text):
    once = normalise_address(text)
    assert normalise_address(once) == once
