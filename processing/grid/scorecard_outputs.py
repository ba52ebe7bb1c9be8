"""The scorecard as files and as numeric outputs for models, shared by partition and score."""

from __future__ import annotations

import json
from collections.abc import Mapping

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFileDestination,
)

from ...plugin.grid.scorecard import Scorecard
from ...plugin.grid.scorecard_html import scorecard_html
from ...plugin.translation import translate
from ..base import described
from ..files import write_text
from ..job import Job

SCORECARD = "SCORECARD"
SCORECARD_JSON = "SCORECARD_JSON"

# output -> figure of the scorecard
_FIGURES: Mapping[str, str] = {
    "CELL_COUNT": "cells",
    "SHARE_WITHIN_25": "share_within_25pct",
    "SHARE_WITHIN_50": "share_within_50pct",
    "AREA_CV": "area_cv",
    "COMPACTNESS": "pp_mean",
    "ON_FEATURE_RATIO": "on_feature_ratio",
    "BUILDING_CUTS": "building_cuts",
}


def scorecard_parameters() -> list[QgsProcessingParameterDefinition]:
    """Return the two destinations of a scorecard."""
    return [
        described(
            QgsProcessingParameterFileDestination(
                SCORECARD,
                translate("Wangge", "Scorecard (HTML)"),
                translate("Wangge", "Web pages (*.html)"),
                optional=True,
                createByDefault=False,
            ),
            translate("Wangge", "Page with all figures, histograms and maps, for people."),
        ),
        described(
            QgsProcessingParameterFileDestination(
                SCORECARD_JSON,
                translate("Wangge", "Scorecard (JSON)"),
                translate("Wangge", "JSON files (*.json)"),
                optional=True,
                createByDefault=False,
            ),
            translate("Wangge", "The same figures, for programs."),
        ),
    ]


def score_outputs() -> list[QgsProcessingOutputNumber]:
    """Return the numeric outputs that hold the main figures."""
    titles = {
        "CELL_COUNT": translate("Wangge", "Number of cells"),
        "SHARE_WITHIN_25": translate("Wangge", "Share of cells within ±25 % of the target area"),
        "SHARE_WITHIN_50": translate("Wangge", "Share of cells within ±50 % of the target area"),
        "AREA_CV": translate("Wangge", "Variation coefficient of the areas"),
        "COMPACTNESS": translate("Wangge", "Mean compactness (4πA/P²)"),
        "ON_FEATURE_RATIO": translate("Wangge", "Share of inner borders on streets and rivers"),
        "BUILDING_CUTS": translate("Wangge", "Buildings cut by a border"),
    }
    return [QgsProcessingOutputNumber(name, titles[name]) for name in _FIGURES]


def write_scorecard(job: Job, card: Scorecard, cells, communities) -> dict:
    """Write the scorecard files that are wanted and return all its outputs."""
    results: dict = {name: card.figures.get(figure) for name, figure in _FIGURES.items()}
    if page := job.file_output(SCORECARD):
        write_text(page, scorecard_html(card, cells, communities))
        results[SCORECARD] = str(page)
    if data := job.file_output(SCORECARD_JSON):
        write_text(data, json.dumps(card.to_json(), ensure_ascii=False, indent=1))
        results[SCORECARD_JSON] = str(data)
    return results
