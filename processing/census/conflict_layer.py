"""Conflicts as a layer for people, and their decisions read back from it."""

from __future__ import annotations

import json
from collections.abc import Mapping

import numpy as np
from qgis.core import Qgis, QgsCoordinateReferenceSystem

from ...plugin.census.merge import Resolution, kind_title
from ...plugin.errors import WanggeError
from ...plugin.layers.fields import fields_of_columns
from ...plugin.rules.batch import Batch
from ...plugin.translation import translate
from ..inputs import require_field
from ..job import Job
from ..outputs import geometry_of_columns


def save_conflicts(
    job: Job,
    name: str,
    conflicts: Batch,
    crs: QgsCoordinateReferenceSystem,
    teams: Mapping[str, str],
) -> str | None:
    """Write conflicts with their team and a sentence; ``choice`` is to be filled in."""
    n = len(conflicts)
    team, message = np.full(n, None, object), np.full(n, None, object)
    team[:] = [teams.get(p) for p in conflicts.text("package_id").tolist()]
    message[:] = [kind_title(k) for k in conflicts.text("kind").tolist()]
    rows = conflicts.with_fields(team=team, message=message)
    kind = geometry_of_columns(rows) if n else Qgis.WkbType.Unknown
    return job.save(name, rows, fields_of_columns(rows.fields), kind, crs, style="finding")


def read_decisions(job: Job, name: str) -> dict[str, str]:
    """Return conflict id -> choice from a layer or table in which ``choice`` is filled."""
    source = job.source(name)
    if source is None:
        return {}
    rows = job.columns(source, geometry=False)
    require_field(rows, source, "conflict_id")
    require_field(rows, source, "choice")
    pairs = zip(rows.text("conflict_id").tolist(), rows.text("choice").tolist(), strict=True)
    return {key: choice.strip() for key, choice in pairs if choice.strip()}


def read_rules(text: str) -> list[Resolution]:
    """Read rules such as ``[{"choice": "field", "kind": "attribute", "field": "status"}]``.

    ``field`` or ``office`` alone settle everything so.
    """
    if not text:
        return []
    if text in ("field", "office"):
        return [Resolution(text)]
    try:
        return [Resolution(**entry) for entry in json.loads(text)]
    except (ValueError, TypeError) as error:
        raise WanggeError(
            translate(
                "Wangge",
                "The rules for conflicts cannot be read ({reason}). Write “field”, “office” or a "
                'list such as [{{"choice": "field", "kind": "attribute", "field": "status"}}].',
            ).format(reason=error)
        ) from error
