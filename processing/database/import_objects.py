"""wangge:import_objects."""

from __future__ import annotations

from qgis.core import Qgis, QgsProcessingParameterFeatureSink, QgsProcessingParameterString

from ...plugin.database.deliveries.objects import import_objects
from ...plugin.errors import WanggeError
from ...plugin.standards.extension import extend_domains, extend_layers
from ...plugin.standards.profile import Profile
from ...plugin.standards.spec import LayerSpec
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..checking import profile_parameter, read_profile
from ..job import Job
from ..outputs import geometry_of_columns, numbers
from .deliveries import (
    OUTPUT,
    counted_outputs,
    delivery_parameters,
    read_delivery,
    rejected_parameter,
    save_imported,
)

# These have imports of their own, with more than a table tells.
_ELSEWHERE = {
    "component": "import_components",
    "case": "import_cases",
    "risk": "import_risk_list",
    "address": "update_addresses",
}


class ImportObjects(WanggeAlgorithm):
    """Take in facilities, monitors, video positions and whatever else a city keeps a layer of."""

    ID = "import_objects"
    GROUP = Group.DATABASE
    KIND, PROFILE = "KIND", "PROFILE"

    def title(self):
        return translate("Wangge", "Import objects")

    def summary(self):
        return translate(
            "Wangge",
            "Reads a table of facilities, monitors, video positions, departments or of a layer that "
            "the city profile adds (spreadsheet, JSON of an interface, or layer), recognises its "
            "headings and values, places each row by its coordinates or by the unit grid it names, "
            "and refuses rows with the reason.",
        )

    def example(self):
        return (
            "qgis_process run wangge:import_objects -- KIND=camera INPUT=视频点位.json "
            "GRIDS='city.gpkg|layername=unit_grid' OUTPUT=camera.gpkg"
        )

    def parameters(self):
        return [
            described(
                QgsProcessingParameterString(
                    self.KIND, translate("Wangge", "Kind"), defaultValue="facility"
                ),
                translate(
                    "Wangge",
                    "facility, monitor, camera, department, or the name of a layer of the city "
                    "profile.",
                ),
            ),
            *delivery_parameters(translate("Wangge", "Table"), "camera"),
            profile_parameter(self.PROFILE),
            described(
                QgsProcessingParameterFeatureSink(
                    OUTPUT, translate("Wangge", "Objects"), Qgis.ProcessingSourceType.Vector
                ),
                translate("Wangge", "Accepted rows in the layer's own fields."),
            ),
            rejected_parameter(),
        ]

    def outputs(self):
        return numbers(counted_outputs())

    def execute(self, job: Job):
        profile = read_profile(job, self.PROFILE)
        spec = self._spec(job, profile)
        delivery = read_delivery(job, spec, translate("Wangge", "Table"), profile)
        made = import_objects(
            delivery.table,
            spec,
            domains=extend_domains(profile),
            shapes=delivery.shapes,
            cells=delivery.cells,
            crs=delivery.crs_text,
            progress=job.progress,
        )
        shape = Qgis.WkbType.NoGeometry
        if spec.geometries:
            shape = geometry_of_columns(made.objects) if len(made.objects) else Qgis.WkbType.Point
        return save_imported(job, made.objects, made, spec, shape, delivery)

    def _spec(self, job: Job, profile: Profile) -> LayerSpec:
        kind = job.text(self.KIND)
        layers = extend_layers(profile)
        if kind in _ELSEWHERE:
            raise WanggeError(
                translate("Wangge", "The layer {layer} is taken in by {algorithm}.").format(
                    layer=layers[kind].title, algorithm=f"wangge:{_ELSEWHERE[kind]}"
                )
            )
        if kind not in layers:
            names = ", ".join(sorted(set(layers) - set(_ELSEWHERE)))
            raise WanggeError(
                translate(
                    "Wangge", "“{kind}” is no layer of the city profile. Choose one of {names}."
                ).format(kind=kind, names=names)
            )
        return layers[kind]
