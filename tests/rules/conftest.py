"""A small town in which every check passes; tests break one thing at a time."""

import datetime

import numpy as np
import pytest
import shapely
from wangge.plugin.rules.batch import Batch, make_batch
from wangge.plugin.rules.catalogue import rule, subject_of
from wangge.plugin.rules.context import CheckContext
from wangge.plugin.rules.engine import run_rules
from wangge.plugin.rules.owners import Owners
from wangge.plugin.rules.references import Areas, Departments, Lineage, Photos, Scheme, Shapes
from wangge.plugin.rules.rule import Subject
from wangge.plugin.standards.layers import layer

CRS = "EPSG:4547"
TODAY = datetime.date(2026, 11, 1)
EAST, WEST = "510107001001", "510107001002"
CELLS = [f"{EAST}001", f"{EAST}002", f"{WEST}001", f"{WEST}002"]


def make_array(values):
    result = np.empty(len(values), dtype=object)
    result[:] = values
    return result


def make_boxes():
    return make_array([shapely.box(1000 + 100 * i, 2000, 1100 + 100 * i, 2100) for i in range(4)])


def make_communities():
    boxes = [shapely.box(1000, 2000, 1200, 2100), shapely.box(1200, 2000, 1400, 2100)]
    return Areas(make_array(boxes), codes=make_array([EAST, WEST]))


def dates(*texts):
    return np.array(texts, "datetime64[D]")


DEFAULTS = {
    "community": {
        "community_code": [EAST, WEST],
        "community_name": ["东门社区", "西门社区"],
        "geometry": make_communities().geometry,
    },
    "department": {
        "department_code": ["11510107000000000U", "115101070000000022"],
        "department_name": ["城管局", "照明中心"],
        "parent_code": [None, "11510107000000000U"],
        "phone": ["028-85551234", None],
        "geometry": None,
    },
    "unit_grid": {
        "grid_code": CELLS,
        "community_code": [EAST, EAST, WEST, WEST],
        "area_m2": [10000.0] * 4,
        "perimeter_m": [400.0] * 4,
        "start_date": dates(*["2026-01-01"] * 4),
        "end_date": dates(*["NaT"] * 4),
        "load": [10.0, 11.0, 12.0, 13.0],
        "note": [None] * 4,
        "management_code": ["M1", "M1", "M2", "M2"],
        "geometry": make_boxes(),
    },
    "component": {
        "component_code": [
            "51010701001000001",
            "51010701001000002",
            "51010702001000001",
            "51010702001000002",
        ],
        "component_name": ["供水井盖", "供水井盖", "停车场", "停车场"],
        "class_code": ["01001", "01001", "02001", "02001"],
        "authority_code": ["11510107000000000U"] * 4,
        "authority_name": ["城管局"] * 4,
        "owner_code": [None] * 4,
        "owner_name": [None] * 4,
        "grid_code": CELLS,
        "status": ["完好"] * 4,
        "first_date": dates(*["2026-07-01"] * 4),
        "changed_date": dates(*["NaT"] * 4),
        "source": ["实测"] * 4,
        "note": [None] * 4,
        "uuid": ["a", "b", "c", "d"],
        "standard": ["gbt47678_5_2026"] * 4,
        "accuracy": ["A", "A", "B", "C"],
        "photo": ["1.jpg", "2.jpg", None, None],
        "geometry": [
            shapely.Point(1010.125, 2010.125),
            shapely.Point(1150.5, 2050.25),
            shapely.Point(1250.75, 2050.5),
            shapely.Point(1350.25, 2050.75),
        ],
    },
    "address": {
        "address_code": ["D1", "D2", "D3"],
        "address_name": ["人民路", "人民路1号", "人民路2号"],
        "kind": ["街巷", "门楼牌", "门楼牌"],
        "street_name": [None, "人民路", "人民路"],
        "community_code": [EAST, EAST, WEST],
        "start_date": dates("2020-01-01", "2020-01-01", "2020-01-01"),
        "end_date": dates("NaT", "NaT", "NaT"),
        "x": [1010.5, 1020.5, 1220.5],
        "y": [2010.5, 2010.5, 2010.5],
        "geometry": shapely.points([1010.5, 1020.5, 1220.5], [2010.5] * 3),
    },
    "risk": {
        "risk_code": ["F1", "F2"],
        "risk_name": ["北桥", "南坡"],
        "category": ["bridge", "slope"],
        "scheme": ["lec@1", "lec@1"],
        "likelihood": [10.0, 1.0],
        "exposure": [6.0, 6.0],
        "consequence": [15.0, 15.0],
        "score": [900.0, 90.0],
        "level": ["red", "yellow"],
        "grid_code": [CELLS[0], CELLS[2]],
        "community_code": [EAST, WEST],
        "component_code": [None, "51010701001000001"],
        "responsible_unit": ["城管局"] * 2,
        "responsible_person": ["张三", "李四"],
        "phone": ["13812345678", "028-85551234"],
        "measures": ["限载", None],
        "monitoring": ["位移计", None],
        "review_date": dates("2026-11-20", "2027-03-01"),
        "status": ["open", "open"],
        "uuid": ["p", "q"],
        "geometry": shapely.points([1010.5, 1220.5], [2010.5, 2010.5]),
    },
}


def build_layer(name, **changes) -> Batch:
    """Return a layer that passes every check, with columns changed; None drops one.

    ``{"0:status": "…"}`` changes the first value of a column only.
    """
    columns = {**DEFAULTS[name], **{k: v for k, v in changes.items() if k[:2] != "0:"}}
    for key in set(changes) - set(columns):
        column = list(columns[key[2:]])
        column[0] = changes[key]
        columns[key[2:]] = column
    geometry = columns.pop("geometry")
    columns = {k: v for k, v in columns.items() if v is not None}
    crs = columns.pop("crs", CRS)
    shapes = None if geometry is None else make_array(list(geometry))
    return make_batch(columns, shapes, crs=crs)


def build_context(name, **changes) -> CheckContext:
    """Return a context with every reference that rules may ask for."""
    from wangge.plugin.rules.target import PushTarget, TargetColumn

    spec = layer(name)
    boxes = make_boxes()
    communities = make_communities()
    lec = Scheme(
        "lec@1",
        {
            "likelihood": (10, 6, 3, 1, 0.5, 0.2, 0.1),
            "exposure": (10, 6, 3, 2, 1, 0.5),
            "consequence": (100, 40, 15, 7, 3, 1),
        },
        ((320, "red"), (160, "orange"), (70, "yellow"), (0, "blue")),
    )
    given = {
        "today": TODAY,
        "project_crs": CRS,
        "communities": communities,
        "grids": Areas(boxes, codes=make_array(CELLS)),
        "previous_grids": Areas(boxes, codes=make_array(CELLS)),
        "lineage": Lineage(frozenset(), frozenset()),
        "buildings": Shapes(make_array([shapely.box(1020, 2020, 1030, 2030)])),
        "water": Shapes(make_array([shapely.box(1380, 2080, 1400, 2100)])),
        "carriageways": Shapes(make_array([shapely.box(1000, 2095, 1400, 2100)])),
        "barriers": Shapes(
            make_array([shapely.LineString([(x, 2000), (x, 2100)]) for x in (1100, 1300)])
        ),
        "departments": Departments(make_array(["11510107000000000U"]), make_array(["城管局"])),
        "photos": Photos({"1.jpg": 50_000, "2.jpg": 60_000}, {"1.jpg": "f1", "2.jpg": "f2"}),
        "schemes": {"lec@1": lec},
        "retired_codes": frozenset(),
        "existing": Owners([], code="component_code"),
        "component_codes": {"51010701001000001"},
        "previous_levels": {},
        "district_codes": ("510107",),
        "target": PushTarget(
            name,
            columns={f.name: TargetColumn(f.type, f.length) for f in spec.fields},
            counts={"source": 3, "inserted": 1, "updated": 1, "unchanged": 1, "rejected": 0},
            log={"batch_id": "7", "user": "zhang", "source_checksum": "ab"},
            srid=4547,
            source_srid=4547,
        ),
    }
    return CheckContext(spec, **{**given, **changes})


def run_one(rule_id, name, changes, context):
    """Return the findings of one rule on a changed layer."""
    found = run_rules(
        subject_of(name), [build_layer(name, **changes)], context, rules=[rule(rule_id)]
    )
    assert not found.not_run, found.not_run[0].reason
    return list(found)


@pytest.fixture
def holds():
    """Assert that one change breaks a rule and another one just does not."""

    def assert_case(rule_id, name, broken, fine, given, given_fine=None):
        context = build_context(name, **given)
        found = run_one(rule_id, name, broken, context)
        assert found
        assert {f.rule for f in found} == {rule_id}
        for finding in found:
            assert "{" not in finding.message
            assert finding.message.endswith((".", "。"))
        if given_fine is not None:
            context = build_context(name, **given_fine)
        assert [f.message for f in run_one(rule_id, name, fine, context)] == []

    return assert_case


@pytest.fixture
def make_layer():
    return build_layer


@pytest.fixture
def make_context():
    return build_context


@pytest.fixture
def findings_of_rule():
    return run_one


@pytest.fixture
def check():
    """Check a layer of the town with its whole catalogue."""

    def run(name, *, subject=None, context=None, cap=100_000, **changes):
        return run_rules(
            subject or subject_of(name),
            [build_layer(name, **changes)],
            context or build_context(name),
            cap=cap,
        )

    return run


@pytest.fixture
def push_subject():
    return Subject.PUSH
