"""wangge:pull_from_platform."""

from __future__ import annotations

import itertools

import numpy as np
import shapely
from qgis.core import (
    Qgis,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ...plugin.layers.fields import fields_of_columns, wkb_type
from ...plugin.rules.batch import Batch
from ...plugin.standards.extension import extend_layers
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..checking import profile_parameter, read_profile
from ..job import Job
from ..outputs import geometry_of_columns, numbers
from .connections import connection_parameters, crs_of_text, platform_connection, schema
from .push_parameters import KINDS


class PullFromPlatform(WanggeAlgorithm):
    """Read a layer of the platform, or a part of it."""

    ID = "pull_from_platform"
    GROUP = Group.DATABASE
    KIND, EXTENT, AREA, SINCE = "KIND", "EXTENT", "AREA_CODE", "SINCE_BATCH"
    PROFILE, OUTPUT = "PROFILE", "OUTPUT"

    def title(self):
        return translate("Wangge", "Pull from platform")

    def summary(self):
        return translate(
            "Wangge",
            "Reads a layer as it is on the platform at one moment: all of it, an area, an extent or "
            "what changed since a batch. SNAPSHOT goes back with the next push to find conflicts.",
        )

    def parameters(self):
        return [
            *connection_parameters(),
            described(
                QgsProcessingParameterEnum(
                    self.KIND,
                    translate("Wangge", "Kind"),
                    [*KINDS, "finding"],
                    usesStaticStrings=True,
                ),
                translate("Wangge", "Which layer."),
            ),
            described(
                QgsProcessingParameterExtent(
                    self.EXTENT, translate("Wangge", "Extent"), optional=True
                ),
                translate("Wangge", "Only what meets this rectangle."),
            ),
            described(
                QgsProcessingParameterString(
                    self.AREA, translate("Wangge", "Area code"), optional=True
                ),
                translate("Wangge", "Digits of a district, street, community or unit grid."),
            ),
            described(
                QgsProcessingParameterNumber(
                    self.SINCE,
                    translate("Wangge", "Changed since batch"),
                    defaultValue=None,
                    optional=True,
                ),
                translate("Wangge", "Only rows written by later batches."),
                advanced=True,
            ),
            profile_parameter(self.PROFILE),
            described(
                QgsProcessingParameterFeatureSink(self.OUTPUT, translate("Wangge", "Layer")),
                translate("Wangge", "The rows in the platform's coordinate system."),
            ),
        ]

    def outputs(self):
        return numbers(
            [
                ("ROWS", translate("Wangge", "Rows read")),
                ("SNAPSHOT", translate("Wangge", "Last batch the rows hold")),
            ]
        )

    def execute(self, job: Job):
        from ...plugin.database.platform import read_platform
        from ...plugin.database.pull import pull

        kind = job.choice(self.KIND)
        spec = extend_layers(read_profile(job, self.PROFILE))[kind]
        with platform_connection(job) as connection:
            platform = read_platform(connection.cursor(), schema(job))
            connection.rollback()
            crs = crs_of_text(platform.crs)
            pulled = pull(
                connection,
                kind,
                spec,
                extent=self._extent(job, crs),
                area_code=job.text(self.AREA),
                changed_since=job.integer(self.SINCE) if job.is_given(self.SINCE) else None,
                progress=job.progress,
                schema=schema(job),
            )
            batches = iter(pulled)
            first = next(batches)  # there always is one
            fields = fields_of_columns(
                {f.name: first.fields.get(f.name, np.array([], object)) for f in spec.fields},
                spec=spec,
            )
            geometry = wkb_type(spec)
            if geometry == Qgis.WkbType.Unknown:
                geometry = _type_of(pulled.shapes)
            # Rows go to the file as they come: a city need not fit into memory.
            rows = itertools.chain([first], batches)
            saved = job.save(self.OUTPUT, rows, fields, geometry, crs, style=spec.name)
        return {self.OUTPUT: saved, "ROWS": pulled.rows, "SNAPSHOT": pulled.snapshot}

    def _extent(self, job: Job, crs):
        if not job.is_given(self.EXTENT):
            return None
        box = job.algorithm.parameterAsExtent(job.parameters, self.EXTENT, job.context, crs)
        return (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())


def _type_of(names: tuple[str, ...]) -> Qgis.WkbType:
    """Return the type that holds all shapes of these types; mixed families are ``Unknown``."""
    shapes = np.empty(len(names), object)
    shapes[:] = [shapely.from_wkt(f"{name} EMPTY") for name in names]
    return geometry_of_columns(Batch({}, shapes, np.arange(len(shapes))))
