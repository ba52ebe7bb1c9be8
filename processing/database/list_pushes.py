"""wangge:list_pushes."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterString,
)

from ...plugin.layers.fields import fields_of_columns
from ...plugin.rules.batch import Batch
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..job import Job
from ..outputs import numbers
from .connections import connection_parameters, platform_connection, schema

_NUMBERS = (
    "batch_id", "inserted", "updated", "unchanged", "deleted", "rejected", "conflicts", "reverts",
)  # fmt: skip


class ListPushes(WanggeAlgorithm):
    """List every push, edit and revert of the platform."""

    ID = "list_pushes"
    GROUP = Group.DATABASE
    KIND, OUTPUT = "KIND", "OUTPUT"

    def title(self):
        return translate("Wangge", "List pushes")

    def summary(self):
        return translate(
            "Wangge", "Lists who brought what to the platform and when, the newest first."
        )

    def parameters(self):
        return [
            *connection_parameters(),
            described(
                QgsProcessingParameterString(self.KIND, translate("Wangge", "Kind"), optional=True),
                translate("Wangge", "Only pushes of this layer, e.g. component; all if empty."),
            ),
            described(
                QgsProcessingParameterFeatureSink(
                    self.OUTPUT,
                    translate("Wangge", "Pushes"),
                    Qgis.ProcessingSourceType.Vector,
                    optional=True,
                ),
                translate("Wangge", "One row a batch."),
            ),
        ]

    def outputs(self):
        return numbers([("COUNT", translate("Wangge", "Number of pushes"))])

    def execute(self, job: Job):
        from ...plugin.database.batches import list_pushes

        with platform_connection(job) as connection:
            batches = list_pushes(connection, job.text(self.KIND), schema=schema(job))
        for one in batches[:20]:
            job.progress.tell(
                f"{one.batch_id}  {one.started_at:%Y-%m-%d %H:%M}  {one.kind}  {one.operation}  "
                f"{one.state}  +{one.inserted} ~{one.updated} -{one.deleted}  {one.user_name}"
            )
        batch = _table(batches)
        saved = job.save(
            self.OUTPUT,
            batch,
            fields_of_columns(batch.fields),
            Qgis.WkbType.NoGeometry,
            QgsCoordinateReferenceSystem(),
        )
        return {self.OUTPUT: saved, "COUNT": len(batches)}


def _table(batches: list) -> Batch:
    rows = [asdict(one) for one in batches]
    names = list(rows[0]) if rows else ["batch_id"]
    fields: dict[str, np.ndarray] = {}
    for name in names:
        values = [row[name] for row in rows]
        if name in _NUMBERS:
            fields[name] = np.array([np.nan if v is None else v for v in values], float)
        elif name.endswith("_at"):
            texts = ["NaT" if v is None else v.replace(tzinfo=None).isoformat() for v in values]
            fields[name] = np.array(texts, dtype="datetime64[ms]")
        else:
            column = np.empty(len(values), dtype=object)
            column[:] = [" ".join(v) if isinstance(v, tuple) else v for v in values]
            fields[name] = column
    return Batch(fields, None, np.arange(1, len(rows) + 1, dtype=np.int64))
