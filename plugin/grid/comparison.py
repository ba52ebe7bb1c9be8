"""Two partitions of the same ground side by side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from ..progress import SILENT, Progress
from ..translation import translate
from .lineage import SAME, match_cells
from .page import (
    colour_of,
    figure_text,
    figure_titles,
    heading,
    html_page,
    legend,
    number,
    percent,
    row,
    small_map,
    table,
)
from .scorecard import Figure, Scorecard

_LARGER_IS_BETTER = {
    "share_within_25pct",
    "share_within_50pct",
    "share_area_in_cells_within_50pct",
    "pp_mean",
    "pp_p05",
    "on_feature_ratio",
    "barrier_use",
    "barrier_use_within_20m",
    "coverage_valid",
}
_SMALLER_IS_BETTER = {
    "area_cv",
    "area_cv_within_community_median",
    "missed_feature_ratio",
    "gap_area",
    "overlap_area",
    "outside_community_area",
    "homeless_cells",
    "invalid",
    "multipart",
    "edge_shared_by_more_than_2",
    "building_cuts",
    "building_cuts_not_under_a_barrier",
    "load_cv",
    "load_max_to_mean",
    "load_gini",
    "numbering_holes",
    "duplicate_codes",
    "cells_without_code",
}
# Differences below this are rounding.
_EQUAL = 1e-9


@dataclass(frozen=True)
class FigurePair:
    """One figure of both partitions; ``better`` is 1, 2 or 0 for neither."""

    name: str
    first: Figure
    second: Figure
    difference: float | None
    better: int


@dataclass(frozen=True)
class Comparison:
    """What differs between two partitions.

    Attributes
    ----------
    figures : tuple of FigurePair
    first_changed, second_changed : ndarray of int64
        Cells without a counterpart in the other partition (IoU above 0.99).
    changed_area : float
        Area in m² of the first partition's cells without a counterpart.
    """

    figures: tuple[FigurePair, ...]
    first_changed: np.ndarray
    second_changed: np.ndarray
    changed_area: float

    def to_json(self) -> dict:
        """Return everything as values that ``json.dumps`` takes."""
        return {
            "figures": {
                pair.name: {
                    "first": pair.first,
                    "second": pair.second,
                    "difference": pair.difference,
                    "better": pair.better,
                }
                for pair in self.figures
            },
            "cells_changed_first": len(self.first_changed),
            "cells_changed_second": len(self.second_changed),
            "changed_area": self.changed_area,
        }


def compare(
    first: Scorecard,
    first_cells: np.ndarray,
    second: Scorecard,
    second_cells: np.ndarray,
    *,
    progress: Progress = SILENT,
) -> Comparison:
    """Compare two partitions by their scorecards and cell by cell."""
    names = [*first.figures, *(k for k in second.figures if k not in first.figures)]
    pairs = tuple(_pair(k, first.figures.get(k), second.figures.get(k)) for k in names)
    matches = match_cells(first_cells, second_cells, progress=progress)
    same = matches.iou > SAME
    first_changed = np.setdiff1d(np.arange(len(first_cells)), matches.old[same])
    second_changed = np.setdiff1d(np.arange(len(second_cells)), matches.new[same])
    changed_area = float(matches.old_area[first_changed].sum())
    return Comparison(pairs, first_changed, second_changed, changed_area)


def _pair(name: str, first: Figure, second: Figure) -> FigurePair:
    if first is None or second is None:
        return FigurePair(name, first, second, None, 0)
    difference = float(second) - float(first)
    better = 0
    if abs(difference) > _EQUAL and name in _LARGER_IS_BETTER:
        better = 2 if difference > 0 else 1
    elif abs(difference) > _EQUAL and name in _SMALLER_IS_BETTER:
        better = 2 if difference < 0 else 1
    return FigurePair(name, first, second, difference, better)


def comparison_html(
    comparison: Comparison,
    first: Scorecard,
    first_cells: np.ndarray,
    second: Scorecard,
    second_cells: np.ndarray,
    *,
    names: tuple[str, str] = ("", ""),
) -> str:
    """Return the comparison as a self-contained page in the user's language."""
    one = names[0] or translate("Wangge", "First")
    two = names[1] or translate("Wangge", "Second")
    titles = figure_titles()
    body = [
        table(
            (
                translate("Wangge", "Figure"),
                one,
                two,
                translate("Wangge", "Better"),
            ),
            [
                (
                    titles[pair.name],
                    figure_text(pair.name, pair.first),
                    figure_text(pair.name, pair.second),
                    ("–", one, two)[pair.better],
                )
                for pair in comparison.figures
                if pair.name in titles
            ],
        ),
        heading(translate("Wangge", "Changed cells")),
        "<p>",
        translate(
            "Wangge",
            "{first} cells of the first and {second} cells of the second partition have no"
            " counterpart in the other ({share} of the area).",
        ).format(
            first=number(len(comparison.first_changed)),
            second=number(len(comparison.second_changed)),
            share=percent(comparison.changed_area / max(float(first.area.sum()), 1e-9)),
        ),
        "</p>",
        heading(translate("Wangge", "Area against target")),
        legend(),
        row(
            (
                _map(first, first_cells, comparison.first_changed, one),
                _map(second, second_cells, comparison.second_changed, two),
            )
        ),
    ]
    return html_page(translate("Wangge", "Two partitions of unit grids compared"), body)


def _map(card: Scorecard, cells: np.ndarray, changed: np.ndarray, caption: str) -> str:
    """Return a map of the changed cells; of all where nothing or nearly all changed."""
    cells = np.asarray(cells, dtype=object)
    if len(card.area) != len(cells):
        cells = cells[~(shapely.is_missing(cells) | shapely.is_empty(cells))]
        changed = changed[:0]
    rows = changed if 0 < len(changed) < 0.8 * len(cells) else np.arange(len(cells))
    rows = rows[:4000]
    return small_map(cells[rows], colour_of(card.deviation[rows]), caption, size=420)
