"""Find the heading of a sheet and what each column holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from ...standards.layers import layer
from ..schemes import available_schemes
from .sheets import Sheet
from .values import as_text, folded

#: Fields that a column can hold beside those of the risk layer.
PLACE_FIELDS = ("x", "y", "coordinates")

#: Fields that several columns fill together, each part with its heading.
JOINED_FIELDS = ("description", "measures", "monitoring")

# Headings met in departments' lists that the description of the layer does not give. The
# second table is taken only where nothing better holds the field.
_WORDS: Mapping[str, str] = {
    "risk_name": "风险源 风险源名称 风险点位 风险点位名称 风险点(源) 风险点(源)名称 风险部位 隐患点 "
    "隐患名称 设施名称 主要风险 点位名称 风险项 风险项名称",
    "category": "风险分类 类型 分类 行业类别 行业领域 风险源类别 风险点类型",
    "description": "风险说明 可能导致的后果 可能后果 事故类型 可能发生的事故类型 隐患描述 风险概述 "
    "现状描述 基本情况 致险因素 风险特征",
    "address": "部位 具体位置 详细位置 风险位置 所在地 所在地点 坐落 风险点位置 风险部位地址 地理位置 "
    "具体地址 所在地址 点位地址",
    "likelihood": "发生可能性 事故发生的可能性 可能性等级 可能性分值 可能性得分 P P值",
    "exposure": "频繁程度 暴露频次 暴露 人员暴露频率 暴露于危险环境的频繁程度",
    "consequence": "严重程度 后果严重程度 事故后果 后果等级 损失后果 严重性等级 影响程度",
    "score": "风险值(D) 风险值D D=LEC D=L×E×C D=L*E*C 危险性分值 风险度 风险评分 总分 得分",
    "level": "风险等级(红橙黄蓝) 四色等级 四色 颜色 风险分级 分级 级别 管控等级 评估等级 评定等级",
    "responsible_unit": "责任主体 管控单位 管理单位 主体责任单位 产权单位 权属单位 主管单位 牵头单位",
    "responsible_person": "负责人 包保责任人 管控责任人 责任人员 单位负责人 管控人",
    "phone": "联系方式 手机号 手机号码 电话号码 联系电话(手机) 责任人联系电话 负责人电话",
    "measures": "防范措施 管控手段 治理措施 工程技术措施 技术措施 管理措施 教育措施 个体防护措施 "
    "应急处置措施 应急处置 整改措施 控制措施 建议措施 主要管控措施",
    "monitoring": "监测手段 监控设备 监测方式 监测预警 监测预警设备 应急预案 预案",
    "review_date": "复核时间 下次评估日期 下次评估时间 复查日期 复查时间 下次复核时间",
    "status": "治理情况 整改情况 管控状态 当前状态 销号情况",
    "grid_code": "单元网格编码 单元网格代码 网格代码 网格号 网格编号",
    "community_code": "社区编码",
    "component_code": "部件代码 部件编号 部件标识 关联部件编码",
    "risk_code": "风险点编号 风险点编码 风险源编号 统一编号 唯一编号 风险点代码",
    "x": "经度 东经 lon lng long longitude x x坐标 坐标x 横坐标 经度(°) 东坐标 经度坐标",
    "y": "纬度 北纬 lat latitude y y坐标 坐标y 纵坐标 纬度(°) 北坐标 纬度坐标",
    "coordinates": "坐标 经纬度 经纬度坐标 地理坐标 坐标位置 点位坐标 坐标(经度,纬度)",
}
_LAST_RESORT: Mapping[str, str] = {
    "risk_name": "名称 桥梁名称 隧道名称 项目名称 小区名称 场所名称 部位名称 对象",
    "address": "区域 位置描述 路段",
    "responsible_unit": "单位 单位名称",
}

# A running number is no code: it starts again on every sheet.
_NUMBERS = frozenset({"序号", "no", "no.", "编号", "序"})

_HEADING_ROWS = 40
_TALLEST_HEADING = 3


@dataclass(frozen=True)
class Heading:
    """Where a sheet's heading lies and what its columns hold.

    Attributes
    ----------
    row, height : int
        First row (from 0) and number of rows.
    texts : tuple of str
        What heads each column, rows joined by ``/``; ``""`` for none.
    columns : mapping of str to tuple of int
        Field -> columns that hold it; several only for `JOINED_FIELDS`.
    """

    row: int
    height: int
    texts: tuple[str, ...]
    columns: Mapping[str, tuple[int, ...]]

    @property
    def first_data_row(self) -> int:
        return self.row + self.height

    @property
    def unused(self) -> tuple[str, ...]:
        """Headings of columns that hold no field."""
        used = {c for columns in self.columns.values() for c in columns}
        return tuple(t for i, t in enumerate(self.texts) if t and i not in used)


@cache
def known_headings() -> Mapping[str, tuple[int, str]]:
    """Return folded heading -> (rank, field); the lower rank is the surer one."""
    known: dict[str, tuple[int, str]] = {}

    def add(rank: int, field: str, words: Iterable[str]) -> None:
        for word in words:
            key = folded(word)
            if key and key not in _NUMBERS:
                known.setdefault(key, (rank, field))

    fields = layer("risk").fields
    for f in fields:
        add(0, f.name, (f.name, f.alias_zh, f.alias_en))
    for scheme in available_schemes():
        for factor in scheme.factors:
            add(0, factor.field, (factor.title_zh, factor.title_en, factor.symbol))
    weak = {folded(w) for words in _LAST_RESORT.values() for w in words.split()}
    for f in fields:
        add(1, f.name, (s for s in f.synonyms if folded(s) not in weak))
    for field, words in _WORDS.items():
        add(2, field, words.split())
    for field, words in _LAST_RESORT.items():
        add(3, field, words.split())
    return known


def _recognise(parts: tuple[str, ...]) -> tuple[int, str] | None:
    """Return the rank and field of a heading given as its rows from top to bottom."""
    known = known_headings()
    texts = ["".join(parts), *reversed(parts)]
    for depth, text in enumerate(texts):
        plain = folded(text).strip("*:：")
        inner = re.findall(r"[(\[【](.*?)[)\]】]", plain)
        outer = re.sub(r"[(\[【].*?[)\]】]", "", plain)
        for penalty, candidate in enumerate((plain, outer, *inner)):
            if candidate in known:
                rank, field = known[candidate]
                # What only the upper row of a heading says holds for a whole group.
                return 10 * rank + min(penalty, 3) + (5 if depth > 1 else 0), field
    return None


def find_heading(sheet: Sheet, *, chosen: Mapping[str, str | None] | None = None) -> Heading | None:
    """Find the heading of a sheet among its first rows.

    Parameters
    ----------
    sheet : Sheet
    chosen : mapping of str to (str or None), optional
        Heading -> field as a person decided; None leaves a column out.

    Returns
    -------
    Heading or None
        None when no row heads a list of risks: it takes at least two fields, one of them
        a name, a description or an address.
    """
    best: tuple[tuple[int, int, int], Heading] | None = None
    for row in range(min(_HEADING_ROWS, len(sheet.rows))):
        for height in range(1, min(_TALLEST_HEADING, len(sheet.rows) - row) + 1):
            heading = heading_at(sheet, row, height, chosen=chosen)
            fields = set(heading.columns)
            if len(fields) < 2 or not fields & {"risk_name", "description", "address"}:
                continue
            merit = (sum(map(len, heading.columns.values())), -height, -row)
            if best is None or merit > best[0]:
                best = (merit, heading)
    return best[1] if best else None


def heading_at(
    sheet: Sheet, row: int, height: int = 1, *, chosen: Mapping[str, str | None] | None = None
) -> Heading:
    """Read the heading that begins at ``row`` (from 0) and has ``height`` rows."""
    width = max((len(sheet.rows[r]) for r in range(row, row + height)), default=0)
    decided = {folded(k): v for k, v in (chosen or {}).items()}
    texts, candidates = [], []
    taken: dict[str, list[int]] = {}
    for column in range(width):
        parts: list[str] = []
        for r in range(row, row + height):
            text = " ".join(as_text(sheet.value(r, column)).split())
            if text and text not in parts[-1:]:
                parts.append(text)
        joined = "/".join(parts)
        texts.append(joined)
        keys = [k for k in (folded(joined), *(folded(p) for p in reversed(parts))) if k in decided]
        if keys:
            field = decided[keys[0]]
            if field:
                taken.setdefault(field, []).append(column)
        elif parts and max(map(len, parts)) <= 40:
            found = _recognise(tuple(parts))
            if found:
                candidates.append((*found, column))
    decided_fields = set(taken)
    for _, field, column in sorted(candidates, key=lambda c: (c[0], c[2])):
        if field in decided_fields or (field in taken and field not in JOINED_FIELDS):
            continue
        taken.setdefault(field, []).append(column)
    columns = {field: tuple(sorted(c)) for field, c in taken.items()}
    return Heading(row, height, tuple(texts), columns)


def with_codes(sheet: Sheet, heading: Heading) -> Heading:
    """Return the heading with a column 编号 as risk code, if it holds codes and not 1, 2, 3."""
    if "risk_code" in heading.columns:
        return heading
    for column, text in enumerate(heading.texts):
        if text not in heading.unused or folded(text.split("/")[-1]) != "编号":
            continue
        cells = (sheet.value(row, column) for row in range(heading.first_data_row, len(sheet.rows)))
        codes = [text for text in map(as_text, cells) if text]
        if codes and all(len(code) >= 4 or not code.isdigit() for code in codes):
            return replace(heading, columns={**heading.columns, "risk_code": (column,)})
    return heading
