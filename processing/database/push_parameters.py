"""What a push asks its user."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
)

from ...plugin.translation import translate
from ..base import described

KINDS = ("community", "unit_grid", "component", "risk", "department", "address")
MODES = ("validate", "dry_run", "push")


def push_parameters() -> list[QgsProcessingParameterDefinition]:
    """Return what is to be pushed and how."""
    anything = Qgis.ProcessingSourceType.Vector
    return [
        described(
            QgsProcessingParameterEnum(
                "KIND", translate("Wangge", "Kind"), list(KINDS), usesStaticStrings=True
            ),
            translate("Wangge", "What the layer holds."),
        ),
        described(
            QgsProcessingParameterFeatureSource("INPUT", translate("Wangge", "Layer"), [anything]),
            translate("Wangge", "Rows to push; the layer is only read."),
        ),
        described(
            QgsProcessingParameterEnum(
                "MODE",
                translate("Wangge", "Mode"),
                list(MODES),
                defaultValue="push",
                usesStaticStrings=True,
            ),
            translate(
                "Wangge",
                "validate only checks, dry_run also lists the differences, push writes.",
            ),
        ),
        described(
            QgsProcessingParameterBoolean(
                "DELETE_MISSING", translate("Wangge", "Remove what is missing"), False
            ),
            translate(
                "Wangge", "Remove platform rows that the layer lacks, in its communities only."
            ),
        ),
        described(
            QgsProcessingParameterBoolean(
                "ALLOW_WARNINGS", translate("Wangge", "Push with warnings"), True
            ),
            translate("Wangge", "Off: a warning stops the push as an error does."),
        ),
    ]


def more_parameters() -> list[QgsProcessingParameterDefinition]:
    """Return what few pushes need, and what a push gives back."""
    anything = Qgis.ProcessingSourceType.Vector
    return [
        described(
            QgsProcessingParameterFeatureSource(
                "PREVIOUS", translate("Wangge", "Earlier findings"), [anything], optional=True
            ),
            translate(
                "Wangge",
                "What a manager accepted there is accepted on the platform too, unless it changed.",
            ),
            advanced=True,
        ),
        described(
            QgsProcessingParameterNumber(
                "BASE_BATCH",
                translate("Wangge", "Pulled at batch"),
                defaultValue=None,
                optional=True,
            ),
            translate(
                "Wangge",
                "Batch that the layer was pulled at; rows others changed since are conflicts.",
            ),
            advanced=True,
        ),
        described(
            QgsProcessingParameterBoolean(
                "CHECK_ALL", translate("Wangge", "Check every row anew"), False
            ),
            translate(
                "Wangge",
                "Off: rules on single rows pass over what an earlier push checked under the same "
                "conditions.",
            ),
            advanced=True,
        ),
        described(
            QgsProcessingParameterFile(
                "OUTBOX",
                translate("Wangge", "Outbox"),
                QgsProcessingParameterFile.Behavior.Folder,
                optional=True,
            ),
            translate(
                "Wangge",
                "Folder that keeps the checked rows when the server cannot be reached.",
            ),
            advanced=True,
        ),
        described(
            QgsProcessingParameterFeatureSink(
                "FINDINGS",
                translate("Wangge", "Findings"),
                anything,
                optional=True,
                createByDefault=False,
            ),
            translate("Wangge", "What the rules found."),
        ),
        described(
            QgsProcessingParameterFeatureSink(
                "DIFFERENCES",
                translate("Wangge", "Differences"),
                anything,
                optional=True,
                createByDefault=False,
            ),
            translate("Wangge", "With dry_run: what a push would add, change and remove."),
        ),
        described(
            QgsProcessingParameterFileDestination(
                "REPORT",
                translate("Wangge", "Report (HTML)"),
                "HTML (*.html)",
                optional=True,
                createByDefault=False,
            ),
            translate("Wangge", "Findings for people."),
            advanced=True,
        ),
        described(
            QgsProcessingParameterFileDestination(
                "REPORT_JSON",
                translate("Wangge", "Report (JSON)"),
                "JSON (*.json)",
                optional=True,
                createByDefault=False,
            ),
            translate("Wangge", "Counts, rejected rows, conflicts and findings for programs."),
        ),
    ]
