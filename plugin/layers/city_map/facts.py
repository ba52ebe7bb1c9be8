"""The figures and bars beside each theme, counted from the map's own tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely

from ...rules.batch import Batch
from ...standards.domains import RISK_COLOURS
from ...translation import translate
from .entries import Dictionary
from .symbols import GREENS, STATES

_MOST_BARS = 8
_BLUE = "#4f8bc4"


@dataclass(frozen=True)
class Bar:
    """One bar of a chart."""

    label: str
    value: float
    colour: str = _BLUE


@dataclass(frozen=True)
class Facts:
    """What a theme says in numbers.

    Attributes
    ----------
    figures : tuple of (str, str)
        What is counted, and how many.
    chart : str
        Title of the bars.
    bars : tuple of Bar
    is_share : bool
        The bars are shares from 0 to 1.
    """

    figures: tuple[tuple[str, str], ...]
    chart: str
    bars: tuple[Bar, ...]
    is_share: bool = False


def facts_of(theme: str, tables: Mapping[str, Batch], of: Dictionary) -> Facts:
    """Return the figures and bars of a theme."""
    return {
        "supervision": _supervision,
        "operation": _operation,
        "facilities": _facilities,
        "risks": _risks,
    }[theme](tables, of)


def _supervision(tables: Mapping[str, Batch], of: Dictionary) -> Facts:
    figures: list[tuple[str, str]] = []
    if "cell" in tables:
        figures.append((translate("Wangge", "Unit grids"), _number(len(tables["cell"]))))
    bars: tuple[Bar, ...] = ()
    chart = translate("Wangge", "Components by major class")
    if (components := tables.get("component")) is not None:
        defective = ~np.isin(components.text("status"), ("完好", ""))
        figures.append((translate("Wangge", "Components"), _number(len(components))))
        figures.append((translate("Wangge", "Defective"), _number(int(defective.sum()))))
        majors = of.classes.majors
        codes = [c[:2] for c in components.text("class_code").tolist()]
        bars = _commonest([majors.get(c, translate("Wangge", "without class")) for c in codes])
    if (cases := tables.get("case")) is not None:
        is_open = ~np.isin(cases.text("state"), ("closed", "rejected"))
        figures.append((translate("Wangge", "Cases found"), _number(len(cases))))
        figures.append((translate("Wangge", "Not closed"), _number(int(is_open.sum()))))
        if not bars:
            chart = translate("Wangge", "Cases by source")
            bars = _commonest(_labels(cases, "source", of.domains["case_source"]))
    if (cameras := tables.get("camera")) is not None:
        figures.append((translate("Wangge", "Cameras online"), _online(cameras)))
        if not bars:
            chart, bars = _by_state(cameras, of)
    return Facts(tuple(figures), chart, bars)


def _operation(tables: Mapping[str, Batch], of: Dictionary) -> Facts:
    area = tables["area"].fields
    found, opened, handled, closed = (
        int(area[f"{stage}_count"].sum()) for stage in ("reported", "opened", "handled", "closed")
    )
    texts = (
        translate("Wangge", "Found"),
        translate("Wangge", "Opened"),
        translate("Wangge", "Handled"),
        translate("Wangge", "Closed"),
    )
    hours = tables["area"].fields["mean_hours"]
    known = ~np.isnan(hours)
    weight = area["closed_count"][known]
    mean = float(np.average(hours[known], weights=weight)) if weight.sum() else float("nan")
    figures = (
        (texts[0], _number(found)),
        (translate("Wangge", "Share opened"), _percent(opened, found)),
        (translate("Wangge", "Share handled"), _percent(handled, opened)),
        (translate("Wangge", "Share closed"), _percent(closed, opened)),
        (translate("Wangge", "Hours to close"), "–" if np.isnan(mean) else f"{mean:.1f}"),
        (translate("Wangge", "Areas"), _number(len(tables["area"]))),
    )
    counts = (found, opened, handled, closed)
    bars = tuple(Bar(t, float(n)) for t, n in zip(texts, counts, strict=True))
    return Facts(figures, translate("Wangge", "Cases from found to closed"), bars)


def _facilities(tables: Mapping[str, Batch], of: Dictionary) -> Facts:
    figures: list[tuple[str, str]] = []
    if (facilities := tables.get("facility")) is not None:
        kinds = facilities.text("kind")
        for value in of.domains["facility_kind"].values:
            if count := int((kinds == value.value).sum()):
                figures.append((value.label, _number(count)))
    if (monitors := tables.get("monitor")) is not None:
        alarms = int((monitors.text("status") == "alarm").sum())
        figures.append((translate("Wangge", "Monitors online"), _online(monitors)))
        figures.append((translate("Wangge", "Alarms"), _number(alarms)))
    base = tables.get("cell", tables.get("area"))
    if base is None or "served" not in base.fields:
        if facilities is None:
            return Facts(tuple(figures), *_by_state(tables["monitor"], of))
        values = _labels(facilities, "kind", of.domains["facility_kind"])
        return Facts(tuple(figures), translate("Wangge", "Facilities by kind"), _commonest(values))
    share, surface = base.fields["served"], shapely.area(base.shapes)
    served = float((share * surface).sum())
    figures.append(
        (translate("Wangge", "Surface served by toilets"), _percent(served, surface.sum()))
    )
    edges = (("0", 0, 0), ("< 25%", 0, 0.25), ("25–50%", 0.25, 0.5), ("50–99%", 0.5, 0.9999),
             ("100%", 0.9999, 1.0))  # fmt: skip
    bars = tuple(
        Bar(text, float(((share > low) & (share <= high) if high > low else share == 0).sum()), c)
        for (text, low, high), c in zip(edges, GREENS, strict=True)
    )
    return Facts(tuple(figures), translate("Wangge", "Areas by share served"), bars)


def _risks(tables: Mapping[str, Batch], of: Dictionary) -> Facts:
    risks = tables["risk"]
    is_open = risks.text("status") != "closed"
    levels = risks.text("level")[is_open]
    names = of.domains["risk_level"]
    figures = [
        (names[v].label, _number(int((levels == v).sum()))) for v in RISK_COLOURS if v in names
    ]
    if (monitors := tables.get("monitor")) is not None:
        alarms = int((monitors.text("status") == "alarm").sum())
        figures.append((translate("Wangge", "Monitors online"), _online(monitors)))
        figures.append((translate("Wangge", "Alarms"), _number(alarms)))
    labels = _labels(risks.take(is_open), "category", of.domains["risk_category"])
    return Facts(tuple(figures), translate("Wangge", "Open risks by category"), _commonest(labels))


def _by_state(devices: Batch, of: Dictionary) -> tuple[str, tuple[Bar, ...]]:
    states = devices.text("status")
    names = of.domains["device_status"]
    bars = tuple(
        Bar(names[s].label, float((states == s).sum()), colour) for s, colour in STATES.items()
    )
    return translate("Wangge", "Devices by state"), bars


def _labels(rows: Batch, field: str, domain) -> list[str]:
    known = {v.value: v.label for v in domain.values}
    none = translate("Wangge", "not recorded")
    return [known.get(v, v) or none for v in rows.text(field).tolist()]


def _commonest(labels: list[str]) -> tuple[Bar, ...]:
    names, counts = np.unique(np.array(labels, dtype=str), return_counts=True)
    order = np.argsort(-counts, kind="stable")[:_MOST_BARS]
    return tuple(Bar(str(names[k]), float(counts[k])) for k in order)


def _online(devices: Batch) -> str:
    online = int(np.isin(devices.text("status"), ("online", "alarm")).sum())
    return f"{_number(online)} / {_number(len(devices))}"


def _percent(part: float, whole: float) -> str:
    return f"{part / whole:.1%}" if whole else "–"


def _number(value: int) -> str:
    return f"{value:,}"
