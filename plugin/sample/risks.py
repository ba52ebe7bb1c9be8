"""The layer ``risk``: places that deserve watching, scored by LEC."""

from __future__ import annotations

import numpy as np
import shapely

from ..rules.batch import Batch
from .areas import Areas
from .columns import fill, only, shapes_of
from .departments import Departments
from .names import numbers, people, phones, uuids

_LIKELIHOOD = np.array([10, 6, 3, 1, 0.5, 0.2, 0.1])
_EXPOSURE = np.array([10, 6, 3, 2, 1, 0.5])
_CONSEQUENCE = np.array([100, 40, 15, 7, 3, 1])
#: LEC folded to the four colours: least score of each.
LEVELS = ((320.0, "red"), (160.0, "orange"), (70.0, "yellow"), (0.0, "blue"))
SCHEME = "lec"
#: Days until the next review, by level.
_REVIEW = {"red": 25, "orange": 60, "yellow": 120, "blue": 240}

#: Category, name, what can happen, class of the component concerned, body in charge.
_KINDS = (
    ("bridge", "跨河桥", "桥面铺装破损、伸缩缝堵塞，汛期水位上涨时墩台受冲刷", "", "municipal"),
    ("tunnel", "下穿通道", "短时强降雨时积水，排水能力不足", "", "municipal"),
    ("slope", "边坡挡墙", "雨季土体含水量升高，存在局部滑塌可能", "", "housing"),
    ("septic_tank", "化粪池", "沼气积聚，清掏不及时，井盖老化", "01018", "clean"),
    ("manhole", "检查井盖", "井盖松动、沉降，夜间易致行人车辆受损", "01002", "drain"),
    ("waterlogging", "积水点", "低洼路段，暴雨时积水超过二十厘米", "01004", "drain"),
    ("fire_lane", "消防车通道", "机动车占用通道，宽度不足四米", "", "fire"),
    ("lifeline", "供水主管", "管龄超过二十五年，漏损率偏高", "01001", "supply"),
    ("gas", "燃气调压设施", "紧邻住宅，防撞设施缺失", "01011", "gas"),
)
_MEASURES = "设置警示标识；每周巡查一次；制定应急预案并每年演练；落实责任人挂牌公示"


def risk_level(score: np.ndarray) -> np.ndarray:
    """Return the colour of LEC scores."""
    return np.select(
        [score >= least for least, _ in LEVELS],
        [np.full(len(score), name, dtype=object) for _, name in LEVELS],
    ).astype(object)


def make_risks(
    rng: np.random.Generator,
    areas: Areas,
    departments: Departments,
    components: Batch,
    address: Batch,
    n: int,
    *,
    today: np.datetime64,
    crs: str,
) -> Batch:
    """Draw ``n`` risks from the components and the streets they stand in."""
    kind = np.sort(
        rng.choice(len(_KINDS), n, p=[0.06, 0.05, 0.1, 0.18, 0.18, 0.14, 0.14, 0.1, 0.05])
    )
    row = _hosts(rng, components, kind)
    linked = np.array([bool(k[3]) for k in _KINDS])[kind]
    linked &= components.fields["class_code"][row] == np.array([k[3] for k in _KINDS])[kind]
    xy: np.ndarray = np.round(shapely.get_coordinates(shapes_of(components)[row]), 3)
    low = rng.choice(_LIKELIHOOD, n, p=[0.03, 0.12, 0.33, 0.3, 0.14, 0.05, 0.03])
    exposure = rng.choice(_EXPOSURE, n, p=[0.06, 0.3, 0.3, 0.2, 0.1, 0.04])
    worst = rng.choice(_CONSEQUENCE, n, p=[0.02, 0.12, 0.36, 0.3, 0.14, 0.06])
    score = np.round(low * exposure * worst, 4)
    level = risk_level(score)
    names = np.array([k[1] for k in _KINDS], dtype=object)[kind]
    where = _nearest_names(xy, address)
    body = np.array([departments.names[k[4]] for k in _KINDS], dtype=object)[kind]
    grave = np.isin(level, ["red", "orange"])
    status = rng.choice(np.array(["open", "treating"], dtype=object), n)
    days = np.array([_REVIEW[v] for v in level])
    return fill(
        "risk",
        shapely.points(xy),
        crs=crs,
        risk_code=f"{areas.district_code}FX" + numbers(np.arange(1, n + 1), 5),
        risk_name=where + names + numbers(np.arange(1, n + 1), 3),
        category=np.array([k[0] for k in _KINDS], dtype=object)[kind],
        description=np.array([k[2] for k in _KINDS], dtype=object)[kind],
        address=areas.district_name + where,
        scheme=SCHEME,
        likelihood=low,
        exposure=exposure,
        consequence=worst,
        score=score,
        level=level,
        grid_code=components.fields["grid_code"][row],
        community_code=components.fields["community_code"][row],
        component_code=only(components.fields["component_code"][row], linked),
        responsible_unit=body,
        responsible_person=people(rng, n),
        phone=phones(rng, n),
        measures=np.full(n, _MEASURES, dtype=object),
        monitoring=only("视频监控、位移与液位监测，异常自动报警", grave),
        review_date=today + rng.integers(1, days, n),
        status=status,
        uuid=uuids(rng, n),
    )


def _hosts(rng: np.random.Generator, components: Batch, kind: np.ndarray) -> np.ndarray:
    """Choose a different component for every risk, of the class its kind asks for if there is."""
    classes = components.fields["class_code"]
    row = np.empty(len(kind), dtype=np.int64)
    taken = np.zeros(len(components), bool)
    for k, (_, _, _, wanted, _) in enumerate(_KINDS):
        mine = np.flatnonzero(kind == k)
        choice = np.flatnonzero((classes == wanted) & ~taken) if wanted else np.empty(0, int)
        if len(choice) < len(mine):
            choice = np.flatnonzero(~taken)
        picked = rng.choice(choice, len(mine), replace=False)
        row[mine] = picked
        taken[picked] = True
    return row


def _nearest_names(xy: np.ndarray, address: Batch) -> np.ndarray:
    doors = address.fields["kind"] == "门楼牌"
    if not doors.any():
        return np.full(len(xy), "", dtype=object)
    _, near = shapely.STRtree(shapes_of(address)[doors]).query_nearest(
        shapely.points(xy), all_matches=False
    )
    return address.fields["address_name"][doors][near]
