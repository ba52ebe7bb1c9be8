"""Parameters of a job over many districts: the job, its layers, and where the work is done."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsProcessing,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..plugin.districts.model import JobKind
from ..plugin.translation import translate
from .base import described
from .checking import profile_parameter
from .district_layers import PARAMETERS
from .grid.cutting_parameters import seed_parameter, target_area_parameter

JOB, LIST, DELIVERIES, DISTRICTS = "JOB", "LIST", "DELIVERIES", "DISTRICTS"
TOLERANCE, PROFILE, RESUME = "TOLERANCE", "PROFILE", "RESUME"
SCHEDULER, WORKERS, FAIL = "SCHEDULER", "WORKERS", "FAIL_ON_FAILURE"


def job_parameter() -> QgsProcessingParameterDefinition:
    """Return the parameter JOB."""
    return described(
        QgsProcessingParameterEnum(
            JOB,
            translate("Wangge", "Job"),
            [kind.value for kind in JobKind],
            defaultValue=JobKind.PARTITION.value,
            usesStaticStrings=True,
        ),
        translate("Wangge", "The algorithm that is run for each district."),
    )


def layer_parameters() -> list[QgsProcessingParameterDefinition]:
    """Return the parameters of the layers that a job may need, each of the whole city."""
    polygons = [Qgis.ProcessingSourceType.VectorPolygon]
    anything = [Qgis.ProcessingSourceType.VectorAnyGeometry]
    tables = [Qgis.ProcessingSourceType.Vector]

    def layer(name, title, types, text):
        parameter = QgsProcessingParameterFeatureSource(
            PARAMETERS[name], title, types, optional=True
        )
        return described(parameter, text)

    return [
        layer(
            "community",
            translate("Wangge", "Communities"),
            polygons,
            translate("Wangge", "The first 6 digits of community_code make the districts."),
        ),
        described(
            QgsProcessingParameterMultipleLayers(
                PARAMETERS["barrier"],
                translate("Wangge", "Streets, rivers, railways"),
                QgsProcessing.SourceType.TypeVectorAnyGeometry,
                optional=True,
            ),
            translate("Wangge", "One or more line or polygon layers that borders shall follow."),
        ),
        layer(
            "building",
            translate("Wangge", "Buildings"),
            polygons,
            translate("Wangge", "Footprints that no border may cross."),
        ),
        layer(
            "load",
            translate("Wangge", "Load"),
            anything,
            translate(
                "Wangge",
                "Points or polygons (components, cases) whose number is to be balanced.",
            ),
        ),
        layer(
            "unit_grid",
            translate("Wangge", "Unit grids"),
            polygons,
            translate("Wangge", "Numbered cells, for all jobs but cutting."),
        ),
        layer(
            "component",
            translate("Wangge", "Components"),
            anything,
            translate("Wangge", "Each belongs to the district in which it lies."),
        ),
        layer(
            "department",
            translate("Wangge", "Departments"),
            tables,
            translate("Wangge", "Register in which authority codes and names must stand."),
        ),
        layer(
            "water",
            translate("Wangge", "Water"),
            polygons,
            translate("Wangge", "Components in the water are told."),
        ),
        layer(
            "case",
            translate("Wangge", "Cases"),
            tables,
            translate("Wangge", "What the six statistics are computed from."),
        ),
    ]


def batch_parameters() -> list[QgsProcessingParameterDefinition]:
    """Return which districts, with which settings, and where the work is done."""
    return [
        described(
            QgsProcessingParameterFile(
                LIST, translate("Wangge", "List of districts"), optional=True
            ),
            translate(
                "Wangge",
                "Instead of layers of the whole city: a table (CSV, xlsx) with district_code, "
                "district_name and columns named as the layers’ parameters that hold paths, "
                "such as 500112.gpkg|layername=community.",
            ),
        ),
        described(
            QgsProcessingParameterFile(
                DELIVERIES,
                translate("Wangge", "Folder of districts"),
                Qgis.ProcessingFileParameterBehavior.Folder,
                optional=True,
            ),
            translate(
                "Wangge",
                "Instead of layers of the whole city: GeoPackages whose names begin with the "
                "district’s code, with layers community, unit_grid, component, street, water …",
            ),
        ),
        described(
            QgsProcessingParameterString(
                DISTRICTS, translate("Wangge", "Districts"), optional=True
            ),
            translate("Wangge", "Codes of 6 digits, parted by commas; all when empty."),
        ),
        target_area_parameter(),
        seed_parameter(),
        described(
            QgsProcessingParameterNumber(
                TOLERANCE,
                translate("Wangge", "Search distance"),
                QgsProcessingParameterNumber.Type.Double,
                0,
                minValue=0,
            ),
            translate("Wangge", "What lies in no cell takes the nearest within this distance."),
            advanced=True,
        ),
        profile_parameter(PROFILE),
        described(
            QgsProcessingParameterBoolean(
                RESUME, translate("Wangge", "Go on with an earlier batch"), False
            ),
            translate(
                "Wangge",
                "Districts that went well in this folder are taken over; the others are done.",
            ),
        ),
        described(
            QgsProcessingParameterString(
                SCHEDULER, translate("Wangge", "Dask scheduler"), optional=True
            ),
            translate(
                "Wangge",
                "Address of a cluster’s scheduler, such as tls://host:8786; empty works with "
                "processes of this machine. The results are the same.",
            ),
            advanced=True,
        ),
        described(
            QgsProcessingParameterNumber(
                WORKERS,
                translate("Wangge", "Processes"),
                defaultValue=0,
                minValue=0,
                maxValue=256,
            ),
            translate(
                "Wangge",
                "Most districts at once on this machine; 0 is one for each core, 1 none besides "
                "QGIS itself. Each needs the memory of one district.",
            ),
            advanced=True,
        ),
        described(
            QgsProcessingParameterBoolean(
                FAIL, translate("Wangge", "Fail when a district failed"), False
            ),
            translate("Wangge", "For schedulers: the run fails, after its table is written."),
            advanced=True,
        ),
    ]
