"""In a Chinese QGIS nothing of ours is English by accident."""

import re

import pytest

CHINESE = re.compile("[\u4e00-\u9fff]")
# Names and abbreviations that are the same in both languages.
SAME = re.compile(r"^(EPSG|SRID|HTML|JSON|CSV|PDF|WKT|[\W\d]*)$")


@pytest.fixture(scope="module")
def window(run_script, plugin_zip):
    return run_script("chinese", locale="zh-Hans", plugin=plugin_zip)


def test_every_text_is_chinese(window):
    english = {t for t in window["texts"] if not CHINESE.search(t) and not SAME.match(t)}
    assert len(window["texts"]) > 300
    assert not english


def test_no_mistake_is_shown(window):
    assert window["exceptions"] == []
    assert window["exit_code"] == 0
