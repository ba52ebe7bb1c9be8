"""wangge:list_districts."""

from __future__ import annotations

import numpy as np
from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsProcessingParameterFeatureSink

from ...plugin.layers.fields import fields_of_columns
from ...plugin.rules.batch import Batch
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..job import Job
from ..outputs import numbers
from .connections import connection_parameters, platform_connection, schema


class ListDistricts(WanggeAlgorithm):
    """List on which server each district's rows lie, and whether they are whole."""

    ID = "list_districts"
    GROUP = Group.DATABASE
    OUTPUT = "OUTPUT"

    def title(self):
        return translate("Wangge", "Where districts lie")

    def summary(self):
        return translate(
            "Wangge",
            "Lists districts with their server and rows. Rows of a push that broke off between two "
            "servers are counted: push that district again.",
        )

    def parameters(self):
        return [
            *connection_parameters(),
            described(
                QgsProcessingParameterFeatureSink(
                    self.OUTPUT,
                    translate("Wangge", "Districts"),
                    Qgis.ProcessingSourceType.Vector,
                    optional=True,
                ),
                translate("Wangge", "One row a layer and district."),
            ),
        ]

    def outputs(self):
        return numbers(
            [
                ("COUNT", translate("Wangge", "Districts")),
                ("TORN_COUNT", translate("Wangge", "Rows of pushes that broke off")),
            ]
        )

    def execute(self, job: Job):
        with platform_connection(job) as connection:
            from ...plugin.database.spreading import list_districts

            places = list_districts(connection, schema=schema(job))
        for one in places:
            job.progress.tell(f"{one.kind}  {one.district}  {one.server or '–'}  {one.rows}")
            if one.torn:
                job.progress.warn(
                    translate(
                        "Wangge",
                        "{count} rows of district {district} in layer {kind} come from a push that "
                        "broke off between two servers. Push this district again.",
                    ).format(count=one.torn, district=one.district, kind=one.kind)
                )
        table = _table(places)
        saved = job.save(
            self.OUTPUT,
            table,
            fields_of_columns(table.fields),
            Qgis.WkbType.NoGeometry,
            QgsCoordinateReferenceSystem(),
        )
        torn = sum(one.torn for one in places)
        return {self.OUTPUT: saved, "COUNT": len(places), "TORN_COUNT": torn}


def _table(places: list) -> Batch:
    fields: dict[str, np.ndarray] = {
        "kind": np.array([p.kind for p in places], object),
        "district_code": np.array([p.district for p in places], object),
        "server": np.array([p.server for p in places], object),
        "rows": np.array([p.rows for p in places], np.int64),
        "torn_rows": np.array([p.torn for p in places], np.int64),
    }
    return Batch(fields, None, np.arange(1, len(places) + 1, dtype=np.int64))
