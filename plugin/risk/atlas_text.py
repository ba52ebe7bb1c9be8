"""What the atlas says in words: tables, totals, changes, provenance; Chinese, as the city prints it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

import numpy as np

from ..standards.domains import domain
from .atlas_data import Atlas, Change, ChangedRisk, TableRow
from .schemes import LEVELS

#: Words for changes, on paper and in the list beside it.
CHANGE_WORDS = {
    Change.NEW: "新增",
    Change.RAISED: "升级",
    Change.LOWERED: "降级",
    Change.CLOSED: "销号",
    Change.REOPENED: "重新打开",
    Change.GONE: "移出清单",
    Change.RATED: "首次评级",
}

# Heading, share of the width, whether in the middle.
RISK_COLUMNS = (
    ("序号", 4, True),
    ("等级", 4.5, True),
    ("风险编号", 10.5, False),
    ("风险名称", 15, False),
    ("类别", 6.5, True),
    ("地址", 13, False),
    ("风险值", 5, True),
    ("责任单位", 13, False),
    ("责任人、电话", 9.5, False),
    ("管控措施", 28, False),
    ("复核日期", 8, True),
)
CHANGED_COLUMNS = (*RISK_COLUMNS, ("变化", 8.5, True))
AREA_COLUMNS = (
    ("代码", 14, False),
    ("区域", 24, False),
    *((name, 9, True) for name in ("重大（红）", "较大（橙）", "一般（黄）", "低（蓝）")),
    ("未评级", 8, True),
    ("合计", 8, True),
    ("最高等级", 14, True),
    ("页码", 7, True),
)
CHANGE_COLUMNS = (
    ("变化", 10, True),
    ("风险编号", 18, False),
    ("风险名称", 40, False),
    ("原等级", 16, True),
    ("现等级", 16, True),
)

_SHORT = {"red": "重大", "orange": "较大", "yellow": "一般", "blue": "低", "": "未评"}

# Text of a cell and the level that colours it.
CellText = tuple[str, str]


def level_word(level: str) -> str:
    """Return the whole name of a level, e.g. 重大风险（红）."""
    return domain("risk_level")[level].zh if level in LEVELS else "未评级"


def risk_rows(
    rows: Iterable[TableRow],
    changes: Iterable[ChangedRisk] | None = None,
    *,
    day: date | None = None,
) -> list[list[CellText]]:
    """Return the cells of `RISK_COLUMNS`, one row a risk; of `CHANGED_COLUMNS` given changes.

    Reviews that were due before ``day`` are marked as overdue.
    """
    changed = {c.risk_code: c for c in changes or ()}
    categories = {v.value: v.zh for v in domain("risk_category").values}
    made = []
    for row in rows:
        values = row.values
        change = changed.get(values.get("risk_code", ""))
        category = values.get("category", "")
        person = [values.get(name, "") for name in ("responsible_person", "phone")]
        cells = [
            (str(row.number), ""),
            (_SHORT.get(row.level, row.level), row.level),
            (values.get("risk_code", ""), ""),
            (values.get("risk_name", ""), ""),
            (categories.get(category, category), ""),
            (values.get("address", ""), ""),
            ("" if np.isnan(row.score) else f"{row.score:g}", ""),
            (values.get("responsible_unit", ""), ""),
            ("\n".join(p for p in person if p), ""),
            (values.get("measures", ""), ""),
            (_review_text(values.get("review_date", "")[:10], day), ""),
        ]
        made.append(cells if changes is None else [*cells, (_change_text(change), "")])
    return made


def area_rows(atlas: Atlas, starts: Mapping[str, int]) -> list[list[CellText]]:
    """Return the cells of `AREA_COLUMNS`; ``starts`` gives the page on which an area begins."""
    made = []
    for page in atlas.pages:
        number = starts.get(page.key)
        made.append(
            [
                (page.key, ""),
                (page.name, ""),
                *_counted(page.counts),
                (str(sum(page.counts.values())), ""),
                (level_word(page.worst_level) if page.worst_level else "—", page.worst_level),
                ("" if number is None else str(number), ""),
            ]
        )
    whole = [*_counted(atlas.counts), (str(sum(atlas.counts.values())), "")]
    made.append([("合计", ""), ("每处风险计一次", ""), *whole, ("", ""), ("", "")])
    return made


def change_rows(changes: Iterable[ChangedRisk]) -> list[list[CellText]]:
    """Return the cells of `CHANGE_COLUMNS`."""
    return [
        [
            (CHANGE_WORDS[c.change], ""),
            (c.risk_code, ""),
            (c.risk_name, ""),
            (level_word(c.old_level) if c.old_level else "—", c.old_level),
            (level_word(c.new_level) if c.new_level else "—", c.new_level),
        ]
        for c in changes
    ]


def changes_text(changes: Iterable[ChangedRisk], atlas: Atlas) -> str:
    """Return the counts of changes since the previous edition; empty without one."""
    if not atlas.has_previous:
        return ""
    counts = Counter(c.change for c in changes)
    parts = [f"{CHANGE_WORDS[change]} {counts[change]}" for change in Change if counts[change]]
    before = atlas.provenance.previous_edition
    since = f"与上期（{before}）相比" if before else "与上期相比"
    return f"{since}：{'，'.join(parts) or '没有变化'}。"


def counts_text(atlas: Atlas) -> str:
    """Return what the overview says about the whole city."""
    total = sum(atlas.counts.values())
    parts = [f"未销号风险共 {total} 处，分布在 {len(atlas.pages)} 个区域。"]
    if atlas.elsewhere:
        parts.append(
            f"另有 {len(atlas.elsewhere)} 处在各区域之外或未定位，列在图后（已计入总数）。"
        )
    if text := changes_text(atlas.changes, atlas):
        parts.append(text)
    parts.append("等级以颜色和形状双重表示：三角形为重大，菱形为较大，方形为一般，圆形为低。")
    return "\n\n".join(parts)


def provenance_text(atlas: Atlas) -> str:
    """Return source and schemes, for the foot of each page."""
    facts = atlas.provenance
    parts = [
        f"资料来源：{facts.source}" if facts.source else "",
        f"评估方案：{'、'.join(atlas.schemes) or '未注明'}",
        f"上一期：{facts.previous_edition}" if facts.previous_edition else "",
    ]
    return "；".join(p for p in parts if p)


def _counted(counts: Mapping[str, int]) -> list[CellText]:
    levels = [(str(counts[level]), level if counts[level] else "") for level in LEVELS]
    return [*levels, (str(counts["unrated"]), "")]


def _review_text(review: str, day: date | None) -> str:
    # Days in ISO form stand in the order of time.
    return f"{review}\n逾期" if review and day and review < day.isoformat() else review


def _change_text(change: ChangedRisk | None) -> str:
    if change is None:
        return ""
    word = CHANGE_WORDS[change.change]
    if change.change in (Change.RAISED, Change.LOWERED):
        return f"{word}\n{_SHORT[change.old_level]}→{_SHORT[change.new_level]}"
    return word
