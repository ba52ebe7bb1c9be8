"""With errors=False every layer passes every rule of the catalogue."""

import datetime

import numpy as np
import pytest
import shapely
from wangge.plugin.rules.catalogue import subject_of
from wangge.plugin.rules.context import CheckContext
from wangge.plugin.rules.engine import run_rules
from wangge.plugin.rules.finding import Severity
from wangge.plugin.rules.references import Areas, Departments, Scheme, Shapes
from wangge.plugin.sample.city import CityOptions, generate
from wangge.plugin.standards.layers import layer

DAY = datetime.date(2026, 6, 30)
LEC = Scheme(
    "lec",
    {
        "likelihood": (10, 6, 3, 1, 0.5, 0.2, 0.1),
        "exposure": (10, 6, 3, 2, 1, 0.5),
        "consequence": (100, 40, 15, 7, 3, 1),
    },
    ((320, "red"), (160, "orange"), (70, "yellow"), (0, "blue")),
)


def check(city, name):
    """Run the catalogue over a layer with all the other layers to compare with."""
    layers = city.layers
    grids, communities = layers["unit_grid"], layers["community"]
    departments = layers["department"].fields
    context = CheckContext(
        layer=layer(name),
        today=DAY,
        project_crs=layers[name].crs,
        district_codes=(communities.fields["district_code"][0],),
        communities=Areas(
            communities.geometry,
            codes=communities.fields["community_code"],
            parents=communities.fields["street_code"],
        ),
        grids=None
        if name == "unit_grid"
        else Areas(
            grids.geometry,
            codes=grids.fields["grid_code"],
            parents=grids.fields["community_code"],
        ),
        buildings=Shapes(layers["building"].geometry),
        water=Shapes(layers["water"].geometry),
        barriers=Shapes(shapely.get_parts(layers["street"].geometry)),
        departments=Departments(departments["department_code"], departments["department_name"]),
        component_codes=frozenset(layers["component"].fields["component_code"]),
        retired_codes=frozenset(),
        schemes={LEC.id: LEC},
        default_scheme=LEC.id,
    )
    return run_rules(subject_of(name), [layers[name]], context)


@pytest.fixture(scope="module", params=[(5.0, 5000, 0), (3.0, 15_000, 7)])
def clean(request):
    area, components, seed = request.param
    return generate(
        CityOptions(area_km2=area, components=components, seed=seed, errors=False, today=DAY)
    )


@pytest.mark.parametrize(
    "name",
    [
        "community",
        "street",
        "water",
        "building",
        "unit_grid",
        "component",
        "department",
        "address",
        "risk",
        "case",
        "survey",
        "facility",
        "monitor",
        "camera",
    ],
)
def test_clean_layer_passes(clean, name):
    result = check(clean, name)
    assert len(result.ran) > 3
    bad = [f"{f.rule} {f.feature_key}: {f.message}" for f in result if f.severity != Severity.INFO]
    assert bad == []


KINDS = {
    "unit_grid": {"invalid", "short_code", "sliver", "wrong_prefix", "full_width", "wrong_area"},
    "component": {"duplicate_code", "unknown_class", "wrong_grid", "future_date", "outside"},
    "risk": {"level_contradicts_score", "missing_person", "wrong_grid", "overdue_review"},
    "address": {"unknown_kind", "no_street", "wrong_community"},
}


@pytest.fixture(scope="module")
def spoilt():
    return generate(CityOptions(area_km2=5.0, components=5000, seed=0, today=DAY))


@pytest.mark.parametrize("name", KINDS)
def test_rules_find_what_was_planted(spoilt, name):
    keys = {f.feature_key for f in check(spoilt, name)}
    planted = [e for e in spoilt.deliberate if e.layer == name and e.kind in KINDS[name]]
    assert {e.kind for e in planted} == KINDS[name]
    assert [e for e in planted if e.key not in keys] == []


def test_rules_find_faults_between_cells(spoilt):
    grids = spoilt.layers["unit_grid"]
    cell = dict(zip(grids.fields["grid_code"], grids.geometry, strict=True))
    spots = np.array(
        [f.geometry for f in check(spoilt, "unit_grid") if f.geometry is not None], dtype=object
    )
    for kind in ("overlap", "gap", "across_community"):
        planted = [e for e in spoilt.deliberate if e.layer == "unit_grid" and e.kind == kind]
        assert planted
        for error in planted:
            assert shapely.distance(cell[error.key], spots).min() < 0.1
