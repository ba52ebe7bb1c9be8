"""The two tables that are computed for the one map: what is counted by cell and by area."""

from __future__ import annotations

from ...standards.spec import FieldSpec, FieldType, Geometry, LayerSpec

_TEXT, _INTEGER, _REAL = FieldType.TEXT, FieldType.INTEGER, FieldType.REAL

_COUNTED = (
    FieldSpec("components", _INTEGER, alias_en="components", alias_zh="部件数"),
    FieldSpec("defective", _INTEGER, alias_en="defective components", alias_zh="问题部件数"),
    FieldSpec("cases", _INTEGER, alias_en="cases found", alias_zh="上报案件数"),
    FieldSpec("open_cases", _INTEGER, alias_en="cases not closed", alias_zh="未结案件数"),
    FieldSpec("facilities", _INTEGER, alias_en="facilities", alias_zh="设施数"),
    FieldSpec("toilets", _INTEGER, alias_en="public toilets", alias_zh="公厕数"),
    FieldSpec("toilets_near", _INTEGER, alias_en="toilets within reach", alias_zh="服务半径内公厕数"),
    FieldSpec("served", _REAL, alias_en="share served by toilets", alias_zh="公厕服务覆盖率"),
    FieldSpec(
        "nearest_toilet_m", _REAL, alias_en="nearest toilet", alias_zh="最近公厕距离", unit="m"
    ),
    FieldSpec("red", _INTEGER, alias_en="red risks", alias_zh="红色风险数"),
    FieldSpec("orange", _INTEGER, alias_en="orange risks", alias_zh="橙色风险数"),
    FieldSpec("yellow", _INTEGER, alias_en="yellow risks", alias_zh="黄色风险数"),
    FieldSpec("blue", _INTEGER, alias_en="blue risks", alias_zh="蓝色风险数"),
    FieldSpec("risks", _INTEGER, alias_en="open risks", alias_zh="风险数"),
    FieldSpec("worst_level", _TEXT, 10, domain="risk_level", alias_en="worst level", alias_zh="最高等级"),
    FieldSpec("risk_weight", _REAL, alias_en="weight of the risks", alias_zh="风险权重"),
)  # fmt: skip

#: One row a unit grid.
CELL = LayerSpec(
    "cell",
    (
        FieldSpec("grid_code", _TEXT, 15, alias_en="unit grid code", alias_zh="单元网格标识码"),
        FieldSpec("community_code", _TEXT, 12, alias_en="community code", alias_zh="社区代码"),
        FieldSpec("community_name", _TEXT, 50, alias_en="community", alias_zh="社区名称"),
        *_COUNTED,
    ),
    "",
    (Geometry.POLYGON,),
    "Unit grids",
    "单元网格",
)

#: One row a community, street or district.
AREA = LayerSpec(
    "area",
    (
        FieldSpec("area_code", _TEXT, 15, alias_en="code", alias_zh="代码"),
        FieldSpec("area_name", _TEXT, 50, alias_en="name", alias_zh="名称"),
        FieldSpec("area_level", _TEXT, 20, domain="level", alias_en="level", alias_zh="层级"),
        FieldSpec("reported_count", _INTEGER, alias_en="found", alias_zh="上报数"),
        FieldSpec("opened_count", _INTEGER, alias_en="opened", alias_zh="立案数"),
        FieldSpec("handled_count", _INTEGER, alias_en="handled", alias_zh="处置数"),
        FieldSpec("closed_count", _INTEGER, alias_en="closed", alias_zh="结案数"),
        FieldSpec("rejected_count", _INTEGER, alias_en="rejected", alias_zh="不予立案数"),
        FieldSpec("opened_rate", _REAL, alias_en="share opened", alias_zh="立案率"),
        FieldSpec("handled_rate", _REAL, alias_en="share handled", alias_zh="处置率"),
        FieldSpec("closed_rate", _REAL, alias_en="share closed", alias_zh="结案率"),
        FieldSpec("mean_hours", _REAL, alias_en="hours to close", alias_zh="平均结案时长", unit="h"),
        FieldSpec("rank", _INTEGER, alias_en="rank", alias_zh="排名"),
        *_COUNTED,
    ),
    "",
    (Geometry.POLYGON,),
    "Areas",
    "区域",
)  # fmt: skip
