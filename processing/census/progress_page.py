"""The progress of a census for people: figures, a map, a plot of the days, tables."""

from __future__ import annotations

from html import escape

import numpy as np

from ...plugin.census.progress_report import CensusProgress
from ...plugin.grid.page import heading, percent, small_map
from ...plugin.rules.batch import Batch
from ...plugin.standards.classes import class_table
from ...plugin.standards.editions import EDITIONS
from ...plugin.translation import translate
from .pages import section

# From nothing to all, readable in grey print.
_SHADES = ("#f7fbff", "#c6dbef", "#6baed6", "#2171b5", "#08306b")
_SHARES = (1e-9, 0.25, 0.5, 0.9)
_LONGEST = 60


def progress_sections(made: CensusProgress) -> list[str]:
    """Return the parts of the report."""
    surveyed = translate("Wangge", "Surveyed")
    cells, begun = translate("Wangge", "Cells"), translate("Wangge", "Cells begun")
    done = int((made.by_cell.fields["surveyed"] > 0).sum())
    return [
        section(
            translate("Wangge", "Summary"),
            [translate("Wangge", "Figure"), translate("Wangge", "Value")],
            [
                (translate("Wangge", "Components surveyed"), f"{made.total:,}"),
                (translate("Wangge", "Components in no unit grid"), f"{made.outside:,}"),
                (cells, f"{len(made.by_cell):,}"),
                (begun, f"{done:,} ({percent(done / max(1, len(made.by_cell)))})"),
            ],
        ),
        _map(made.by_cell),
        _days(made.by_day),
        _teams(made.by_team, surveyed, cells, begun),
        section(
            translate("Wangge", "By community"),
            [translate("Wangge", "Community"), surveyed, cells, begun],
            _rows(made.by_community, "community_code", "surveyed", "cells", "cells_begun"),
        ),
        section(
            translate("Wangge", "By class"),
            [translate("Wangge", "Class"), surveyed],
            [(_class_name(code), n) for code, n in _rows(made.by_class, "class_code", "surveyed")],
        ),
    ]


def _teams(table: Batch, surveyed: str, cells: str, begun: str) -> str:
    # Without an assignment of cells the teams are the surveyors, who have none.
    names = ["team", "surveyed"]
    head = [translate("Wangge", "Team"), surveyed]
    if table.fields["cells"].any():
        names, head = [*names, "cells", "cells_begun"], [*head, cells, begun]
    return section(translate("Wangge", "By team"), head, _rows(table, *names))


def _class_name(code: str | None) -> str | None:
    known = next((t for t in map(class_table, EDITIONS) if code in t), None)
    return f"{code} {known[code].name}" if known and code else code


def _rows(table: Batch, *names: str) -> list[tuple]:
    return list(zip(*(table.fields[n].tolist() for n in names), strict=True))


def _map(cells: Batch) -> str:
    """Return the cells shaded by share of the expected; by number where none is expected."""
    share = cells.fields["share"].astype(float)
    counts = cells.fields["surveyed"].astype(float)
    if np.isnan(share).all():
        full = np.quantile(counts[counts > 0], 0.9) if (counts > 0).any() else 1.0
        value = counts / full
        caption = translate("Wangge", "Components surveyed by cell: white none, dark many.")
    else:
        value = np.where(np.isnan(share), np.where(counts > 0, 1.0, 0.0), share)
        caption = translate("Wangge", "Share surveyed by cell: white none, dark all.")
    colours = [_SHADES[k] for k in np.searchsorted(_SHARES, value, side="right")]
    if cells.geometry is None or not len(cells):
        return ""
    titles = [
        f"{code}: {n:.0f}"
        for code, n in zip(cells.text("grid_code").tolist(), counts.tolist(), strict=True)
    ]
    drawing = small_map(cells.geometry, colours, caption, titles=titles, size=560)
    return heading(translate("Wangge", "Map")) + drawing


def _days(table: Batch) -> str:
    """Return a bar for every day with a survey, the latest ones when there are many."""
    if not len(table):
        return ""
    days = table.fields["day"][-_LONGEST:].astype(str).tolist()
    counts = table.fields["surveyed"][-_LONGEST:].tolist()
    totals = table.fields["total"][-_LONGEST:].tolist()
    width, height, step = 560, 140, 560 / len(days)
    top, most = max(counts), totals[-1]
    bars, points = [], []
    for i, (day, count, total) in enumerate(zip(days, counts, totals, strict=True)):
        tall = height * count / top
        bars.append(
            f'<rect x="{i * step:.1f}" y="{height - tall:.1f}" width="{max(step - 1, 0.5):.1f}" '
            f'height="{tall:.1f}" fill="#6baed6"><title>{escape(day)}: {count} ({total})</title>'
            "</rect>"
        )
        points.append(f"{(i + 0.5) * step:.1f},{height - height * total / most:.1f}")
    texts = (
        f'<text x="0" y="{height + 14}" font-size="11">{escape(days[0])}</text>'
        f'<text x="{width}" y="{height + 14}" font-size="11" text-anchor="end">{escape(days[-1])}'
        "</text>"
    )
    caption = translate(
        "Wangge", "Bars: components a day, at most {top}. Line: in all, up to {total}."
    ).format(top=f"{top:,}", total=f"{most:,}")
    return (
        heading(translate("Wangge", "By day"))
        + f'<figure><svg width="{width}" height="{height + 20}" viewBox="0 0 {width} {height + 20}" '
        f'role="img">{"".join(bars)}<polyline points="{" ".join(points)}" fill="none" '
        f'stroke="#08306b" stroke-width="1.5"/>{texts}</svg>'
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )
