"""wangge:update_addresses."""

from __future__ import annotations

import numpy as np
from qgis.core import (
    Qgis,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
)
from qgis.PyQt.QtCore import QDate, Qt

from ...plugin.layers.fields import fields_of_columns
from ...plugin.standards.layers import layer as layer_spec
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..inputs import renamed, require_field
from ..job import Job
from ..outputs import geometry_of_columns, numbers, save_layer


class UpdateAddresses(WanggeAlgorithm):
    """Take a delivery of geocoded places in and keep the names that were given up."""

    ID = "update_addresses"
    GROUP = Group.GENERAL
    INPUT, DELIVERY, DATE, RETIRE = "INPUT", "DELIVERY", "DATE", "RETIRE_MISSING"
    OUTPUT, REJECTED = "OUTPUT", "REJECTED"

    def title(self):
        return translate("Wangge", "Update addresses")

    def summary(self):
        return translate(
            "Wangge",
            "Takes a delivery of geocoded places into the layer: new places, moved ones, new names. "
            "A name that is given up stays as an entry with its last day, so that old addresses are "
            "still found.",
        )

    def example(self):
        return (
            "qgis_process run wangge:update_addresses -- INPUT='city.gpkg|layername=address' "
            "DELIVERY=delivery.gpkg OUTPUT=address.gpkg"
        )

    def parameters(self):
        kinds = Qgis.ProcessingSourceType
        return [
            described(
                QgsProcessingParameterFeatureSource(
                    self.INPUT, translate("Wangge", "Addresses"), [kinds.VectorAnyGeometry]
                ),
                translate("Wangge", "The layer as it is, with the names that were given up."),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.DELIVERY, translate("Wangge", "Delivery"), [kinds.VectorAnyGeometry]
                ),
                translate(
                    "Wangge",
                    "Places by their code, or by kind, street and name in any spelling. New ones need "
                    "a code.",
                ),
            ),
            described(
                QgsProcessingParameterDateTime(
                    self.DATE,
                    translate("Wangge", "Valid from"),
                    QgsProcessingParameterDateTime.Type.Date,
                    optional=True,
                ),
                translate("Wangge", "When new names come into use; today when empty."),
            ),
            described(
                QgsProcessingParameterBoolean(
                    self.RETIRE, translate("Wangge", "Give up missing places"), False
                ),
                translate("Wangge", "On: the delivery is complete, what it lacks is no more."),
            ),
            described(
                QgsProcessingParameterFeatureSink(
                    self.OUTPUT, translate("Wangge", "Updated addresses")
                ),
                translate("Wangge", "Places in use, then names that were given up."),
            ),
            described(
                QgsProcessingParameterFeatureSink(
                    self.REJECTED,
                    translate("Wangge", "Rejected rows"),
                    kinds.Vector,
                    optional=True,
                    createByDefault=False,
                ),
                translate("Wangge", "The other rows as they came, each with the reason."),
            ),
        ]

    def outputs(self):
        return numbers(
            [
                ("ADDED", translate("Wangge", "New places")),
                ("RENAMED", translate("Wangge", "Places with a new name")),
                ("UPDATED", translate("Wangge", "Places changed otherwise")),
                ("UNCHANGED", translate("Wangge", "Places as they were")),
                ("RETIRED", translate("Wangge", "Places given up")),
                ("REJECTED_COUNT", translate("Wangge", "Rejected rows")),
            ]
        )

    def execute(self, job: Job):
        from ...plugin.database.place_history import update_places

        spec = layer_spec("address")
        source = job.required_source(self.INPUT)
        crs = source.layer.crs()
        delivered = job.required_source(self.DELIVERY, crs=crs)
        delivery = renamed(job.columns(delivered), spec)
        require_field(delivery, delivered, "address_name")
        day = QDate.currentDate()
        if job.is_given(self.DATE):
            moment = job.algorithm.parameterAsDateTime(job.parameters, self.DATE, job.context)
            day = moment.date()
        made = update_places(
            renamed(job.columns(source), spec),
            delivery,
            day=np.datetime64(day.toString(Qt.DateFormat.ISODate), "D"),
            retire_missing=job.flag(self.RETIRE),
        )
        fields = fields_of_columns(made.rejected.fields)
        return {
            self.OUTPUT: save_layer(
                job, self.OUTPUT, made.places, spec, geometry_of_columns(made.places), crs
            ),
            self.REJECTED: job.save(
                self.REJECTED, made.rejected, fields, Qgis.WkbType.NoGeometry, crs
            ),
            "ADDED": made.added,
            "RENAMED": made.renamed,
            "UPDATED": made.updated,
            "UNCHANGED": made.unchanged,
            "RETIRED": made.retired,
            "REJECTED_COUNT": len(made.rejected),
        }
