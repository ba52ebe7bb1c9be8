"""A large city comes district by district: exact in sum, keys unique, rivers running on."""

import datetime
import itertools

import numpy as np
import pytest
import shapely
from wangge.plugin.sample.model import CityOptions
from wangge.plugin.sample.tiles import generate_tiles

DAY = datetime.date(2026, 6, 30)


@pytest.fixture(scope="module")
def tiles():
    options = CityOptions(area_km2=18.0, components=10_001, seed=2, errors=False, today=DAY)
    return list(generate_tiles(options, tile_km2=4.5))


def test_sums_are_exact(tiles):
    assert len(tiles) == 4
    assert sum(len(t.layers["component"]) for t in tiles) == 10_001
    area = sum(shapely.area(t.layers["community"].geometry).sum() for t in tiles)
    assert area == pytest.approx(18e6, rel=1e-6)


@pytest.mark.parametrize(
    ("layer", "key"),
    [
        ("community", "community_code"),
        ("unit_grid", "grid_code"),
        ("component", "component_code"),
        ("component", "uuid"),
        ("department", "department_code"),
        ("risk", "risk_code"),
        ("address", "address_code"),
        ("street", "street_id"),
    ],
)
def test_keys_are_unique_over_all(tiles, layer, key):
    every = np.concatenate([t.layers[layer].fields[key] for t in tiles])
    assert len(set(every)) == len(every)


def test_districts_join_without_gap_or_overlap(tiles):
    districts = [shapely.union_all(t.layers["community"].geometry) for t in tiles]
    whole = shapely.union_all(districts)
    assert whole.geom_type == "Polygon"
    assert not len(whole.interiors)
    for one, other in itertools.combinations(districts, 2):
        assert one.intersection(other).area < 1.0


def test_rivers_run_on(tiles):
    rivers = [t.layers["water"].geometry[0] for t in tiles]
    west_to_east = [(0, 1), (2, 3)]
    for one, other in west_to_east:
        banks = rivers[one].intersection(rivers[other].buffer(0.05))
        west, south, east, north = shapely.bounds(banks)
        assert east - west < 1
        assert north - south > 50


def test_a_large_city_starts_at_once():
    options = CityOptions(area_km2=1659.0, components=10_110_000, seed=0, errors=False, today=DAY)
    first = next(generate_tiles(options, tile_km2=5.0))
    assert len(first.layers["component"]) == pytest.approx(10_110_000 / (1659 / 5), rel=0.01)
