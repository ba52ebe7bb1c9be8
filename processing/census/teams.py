"""Which team surveys which unit grid: a table, a field of the cells, or an even split."""

from __future__ import annotations

import numpy as np
from qgis.core import (
    Qgis,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ...plugin.errors import WanggeError
from ...plugin.layers.source import LayerSource
from ...plugin.rules.batch import Batch
from ...plugin.translation import translate
from ..base import described
from ..inputs import active, require_field
from ..job import Job

TEAMS, TEAM_FIELD, TEAM_COUNT = "TEAMS", "TEAM_FIELD", "TEAM_COUNT"
FIELD = "team"
#: Levels by which a table may name the ground of a team, and the length of their codes.
_LEVELS = {"grid_code": 0, "community_code": 12, "street_code": 9, "district_code": 6}


def team_parameters() -> list[QgsProcessingParameterDefinition]:
    """Return the parameters that say who surveys what."""
    return [
        described(
            QgsProcessingParameterFeatureSource(
                TEAMS,
                translate("Wangge", "Teams"),
                [Qgis.ProcessingSourceType.Vector],
                optional=True,
            ),
            translate(
                "Wangge",
                "Table with team and one of grid_code, community_code, street_code, district_code; "
                "or the name of a field of the unit grids.",
            ),
        ),
        described(
            QgsProcessingParameterString(
                TEAM_FIELD, translate("Wangge", "Field with the team"), FIELD, optional=True
            ),
            translate("Wangge", "In the table of teams or, without one, in the unit grids."),
        ),
    ]


def team_count_parameter() -> QgsProcessingParameterDefinition:
    """Return how many teams share the cells when nothing names them."""
    return described(
        QgsProcessingParameterNumber(
            TEAM_COUNT, translate("Wangge", "Number of teams"), minValue=1, defaultValue=1
        ),
        translate(
            "Wangge",
            "Where nothing names the teams, the cells are shared among this many, so that each has "
            "about the same number of components.",
        ),
        advanced=True,
    )


def named_field(parameters: dict, cells: LayerSource | None) -> str:
    """Return the field of the cells that TEAMS names, "" when it is a table or not given."""
    value = parameters.get(TEAMS)
    if cells is None or not isinstance(value, str) or value not in cells.fields.names():
        return ""
    return value


def without_team_field(
    algorithm: QgsProcessingAlgorithm, parameters: dict, grids: str, context: QgsProcessingContext
) -> dict:
    """Return the parameters without TEAMS where it names a field, which QGIS takes for no layer."""
    cells = algorithm.parameterAsVectorLayer(parameters, grids, context)
    if cells is None or not named_field(parameters, LayerSource(cells)):
        return parameters
    return {k: v for k, v in parameters.items() if k != TEAMS}


def read_teams(job: Job, grids: Batch, cells: LayerSource) -> dict[str, str]:
    """Return grid code -> team of the active cells; empty when nothing names teams."""
    usable = grids.take(active(grids))
    codes = usable.text("grid_code")
    if field := named_field(job.parameters, cells):
        return _pairs(codes, usable.text(field))
    field = job.text(TEAM_FIELD) or FIELD
    if not job.is_given(TEAMS):
        if field != FIELD:
            # A dialog always names the usual field; only another one must be there.
            require_field(grids, cells, field)
        return _pairs(codes, usable.text(field))
    source = job.required_source(TEAMS)
    table = job.columns(source, geometry=False)
    require_field(table, source, field)
    level = next((n for n in _LEVELS if n in table.fields), None)
    if level is None:
        require_field(table, source, "grid_code")
    keys = table.text(str(level))
    by_key = _pairs(keys, table.text(field))
    length = _LEVELS[str(level)]
    own = codes if not length else np.array([c[:length] for c in codes.tolist()], dtype=object)
    unknown = sorted(set(by_key) - set(own.tolist()))
    if unknown:
        raise WanggeError(
            translate(
                "Wangge",
                "Layer “{layer}” gives team “{team}” the {field} {code}, in which no unit grid lies. "
                "Correct it.",
            ).format(layer=source.name, team=by_key[unknown[0]], field=level, code=unknown[0])
        )
    return {c: by_key[k] for c, k in zip(codes.tolist(), own.tolist(), strict=True) if k in by_key}


def _pairs(keys: np.ndarray, teams: np.ndarray) -> dict[str, str]:
    pairs = zip(keys.tolist(), teams.tolist(), strict=True)
    return {key: team.strip() for key, team in pairs if key and team.strip()}


def share_evenly(grids: Batch, components: Batch, count: int) -> dict[str, str]:
    """Return grid code -> team for ``count`` teams, each with neighbouring codes.

    Each cell weighs as many components as name it, and one.
    """
    usable = grids.take(active(grids))
    codes = np.unique(usable.text("grid_code").astype(str))
    codes = codes[codes != ""]
    own, times = np.unique(components.text("grid_code").astype(str), return_counts=True)
    weight = dict(zip(own.tolist(), times.tolist(), strict=True))
    load = np.cumsum([1 + weight.get(c, 0) for c in codes.tolist()])
    share = np.minimum((load - 0.5) * count / max(1, load[-1] if len(load) else 1), count - 1e-9)
    width = len(str(count))
    return {
        code: translate("Wangge", "Team {number}").format(number=f"{int(k) + 1:0{width}d}")
        for code, k in zip(codes.tolist(), share.tolist(), strict=True)
    }
