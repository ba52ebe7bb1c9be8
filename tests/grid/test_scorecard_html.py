import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import numpy as np
import pytest
from wangge.plugin.grid.page import colour_of, histogram
from wangge.plugin.grid.scorecard import score
from wangge.plugin.grid.scorecard_html import scorecard_html


class Balance(HTMLParser):
    """Fails on a tag that is closed out of turn."""

    def __init__(self):
        super().__init__()
        self.open = []
        self.text = []

    def handle_starttag(self, tag, attrs):
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


@pytest.fixture
def page(make_town):
    town = make_town(4, 4, skew=0.2)
    codes = [f"{town.codes[c]}{k + 1:03d}" for k, c in enumerate(town.community)]
    card = score(
        town.cells,
        town.communities,
        codes=codes,
        load=np.arange(16.0),
        community_codes=town.codes,
        community_names=["<b>Lion & Rock</b>", "East", "North", "South"],
    )
    return scorecard_html(card, town.cells, town.communities)


def test_the_page_is_well_formed_and_fetches_nothing(page):
    reader = Balance()
    reader.feed(page)
    assert reader.open == []
    assert not re.search(r"(src|href)\s*=|@import|url\(", page)


def test_every_cell_is_on_the_map_and_names_are_escaped(page):
    maps = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    overview = max(maps, key=len)
    drawing = ElementTree.fromstring(overview)
    assert len([e for e in drawing.iter() if e.tag.endswith("path")]) == 16
    assert "&lt;b&gt;Lion &amp; Rock&lt;/b&gt;" in page
    assert "<b>Lion" not in page


def test_the_figures_are_on_the_page(page):
    reader = Balance()
    reader.feed(page)
    text = " ".join(reader.text)
    assert "Scorecard of the unit grids" in text
    assert "The worst cells" in text
    assert "500112001001001" in text


def test_colours_follow_the_bands():
    colours = colour_of(np.array([-0.6, -0.3, 0.0, 0.3, 0.6]))
    assert len(set(colours)) == 5


def test_a_histogram_counts_every_value():
    svg = histogram(np.array([0.1, 0.1, 0.9, 7.0]), 0.0, 1.0, "caption", bins=10)
    assert sum(int(n) for n in re.findall(r": (\d+)</title>", svg)) == 4


def test_a_city_without_cells_still_has_a_page(make_town):
    town = make_town()
    none = np.zeros(0, object)
    assert "<table>" in scorecard_html(score(none, town.communities), none, town.communities)


def test_a_large_city_shows_communities_instead_of_cells(make_town):
    town = make_town(70, 60, per_community=10)
    page = scorecard_html(score(town.cells, town.communities), town.cells, town.communities)
    assert "Mean deviation by community" in page
    assert len(page) < 1_000_000
