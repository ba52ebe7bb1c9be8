"""The scorecard as one page for people: figures, histograms, maps, the worst cells."""

from __future__ import annotations

import numpy as np
import shapely

from ..translation import translate
from .page import (
    colour_of,
    figure_text,
    figure_titles,
    heading,
    histogram,
    html_page,
    legend,
    number,
    percent,
    row,
    small_map,
    table,
)
from .scorecard import Scorecard

# A city's page must open in any browser: beyond this the overview shows communities.
MOST_CELLS_ON_A_MAP = 4000


def scorecard_html(
    card: Scorecard,
    cells: np.ndarray,
    communities: np.ndarray,
    *,
    title: str = "",
    worst: int = 20,
    maps: int = 12,
) -> str:
    """Return the scorecard as a self-contained page in the user's language.

    Parameters
    ----------
    card : Scorecard
    cells, communities : ndarray of polygons
        As given to `score`.
    title : str
        "Scorecard of the unit grids" where empty.
    worst : int
        How many cells the table of the worst holds.
    maps : int
        How many communities get a map of their own: those with the most uneven cells.
    """
    cells = np.asarray(cells, dtype=object)
    cells = cells[~(shapely.is_missing(cells) | shapely.is_empty(cells))]
    titles = figure_titles()
    body = [
        table(
            (translate("Wangge", "Figure"), translate("Wangge", "Value")),
            [(titles[k], figure_text(k, v)) for k, v in card.figures.items() if k in titles],
        )
    ]
    if len(cells):
        body += _histograms(card)
        body += _maps(card, cells, communities, maps)
        body += _worst_cells(card, worst)
        body += _communities(card)
    return html_page(title or translate("Wangge", "Scorecard of the unit grids"), body)


def _histograms(card: Scorecard) -> list[str]:
    target = float(np.median(card.target))
    figures = [
        histogram(card.area, 0.0, 2.0 * target, translate("Wangge", "Area (m²)"), label=" m²"),
        histogram(card.compactness, 0.0, 1.0, translate("Wangge", "Compactness (4πA/P²)")),
    ]
    if card.load is not None and card.load.max() > 0:
        most = float(np.percentile(card.load, 99)) or float(card.load.max())
        figures.append(histogram(card.load, 0.0, most, translate("Wangge", "Load")))
    return [heading(translate("Wangge", "How the cells spread")), row(figures)]


def _maps(card: Scorecard, cells, communities, maps: int) -> list[str]:
    deviation = card.deviation
    body = [heading(translate("Wangge", "Area against target")), legend()]
    if len(cells) <= MOST_CELLS_ON_A_MAP:
        names = _cell_names(card)
        overview = small_map(
            cells,
            colour_of(deviation),
            translate("Wangge", "All cells"),
            titles=[f"{n}: {percent(d)}" for n, d in zip(names, deviation, strict=True)],
            size=640,
        )
    else:
        home = card.community
        count = np.bincount(home[home >= 0], minlength=len(communities))
        sums = np.bincount(
            home[home >= 0], weights=deviation[home >= 0], minlength=len(communities)
        )
        overview = small_map(
            communities[count > 0],
            colour_of(sums[count > 0] / count[count > 0]),
            translate("Wangge", "Mean deviation by community"),
            size=640,
        )
    spread = np.zeros(len(communities))
    np.add.at(spread, card.community[card.community >= 0], deviation[card.community >= 0] ** 2)
    single = np.bincount(card.community[card.community >= 0], minlength=len(communities))
    spread = np.sqrt(spread / np.maximum(single, 1))
    thumbnails = []
    community_names = _community_names(card)
    for k in np.argsort(-spread, kind="stable")[:maps]:
        rows = np.flatnonzero(card.community == k)
        if len(rows):
            caption = f"{community_names.get(int(k), k + 1)}: {len(rows)}"
            thumbnails.append(small_map(cells[rows], colour_of(deviation[rows]), caption, size=160))
    body.append(overview)
    if len(thumbnails) > 1:
        body += [
            heading(translate("Wangge", "The most uneven communities (name: cells)")),
            row(thumbnails),
        ]
    return body


def _cell_names(card: Scorecard) -> list[str]:
    if card.codes is None:
        return [str(k + 1) for k in range(len(card.area))]
    return [code or str(k + 1) for k, code in enumerate(card.codes)]


def _community_names(card: Scorecard) -> dict[int, str]:
    present = np.unique(card.community[card.community >= 0])
    return {
        int(k): details.name or details.code or str(int(k) + 1)
        for k, details in zip(present, card.communities, strict=True)
    }


def _worst_cells(card: Scorecard, worst: int) -> list[str]:
    badness = np.abs(card.deviation) + np.maximum(0.0, 0.5 - card.compactness) * 2.0
    names, communities = _cell_names(card), _community_names(card)
    rows = np.argsort(-badness, kind="stable")[:worst]
    return [
        heading(translate("Wangge", "The worst cells")),
        table(
            (
                translate("Wangge", "Cell"),
                translate("Wangge", "Community"),
                translate("Wangge", "Area (m²)"),
                translate("Wangge", "Deviation"),
                translate("Wangge", "Compactness"),
            ),
            [
                (
                    names[k],
                    communities.get(int(card.community[k]), "–"),
                    number(card.area[k]),
                    percent(card.deviation[k]),
                    number(card.compactness[k], 2),
                )
                for k in rows
            ],
        ),
    ]


def _communities(card: Scorecard) -> list[str]:
    return [
        heading(translate("Wangge", "By community")),
        table(
            (
                translate("Wangge", "Community"),
                translate("Wangge", "Code"),
                translate("Wangge", "Cells"),
                translate("Wangge", "Mean area (m²)"),
                translate("Wangge", "Area CV"),
                "±25 %",
                "±50 %",
                translate("Wangge", "Compactness"),
                translate("Wangge", "On features"),
                translate("Wangge", "Load"),
                translate("Wangge", "Holes"),
            ),
            [
                (
                    c.name or "–",
                    c.code or "–",
                    c.cells,
                    number(c.mean_area),
                    number(c.area_cv, 3),
                    percent(c.share_within_25pct, 0),
                    percent(c.share_within_50pct, 0),
                    number(c.pp_mean, 2),
                    percent(c.on_feature_ratio, 0),
                    number(c.load),
                    number(c.numbering_holes),
                )
                for c in card.communities
            ],
        ),
    ]
