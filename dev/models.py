"""Write processing/models/*.model3: chains of our algorithms, open to changes in QGIS's modeler.

PYTHONPATH=.dev QT_QPA_PLATFORM=offscreen .venv/bin/python -P dev/models.py
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildDependency,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterProviderConnection,
)
from qgis.PyQt.QtCore import QPointF

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "processing" / "models"
Source = QgsProcessingModelChildParameterSource
WIDTH, HEIGHT = 260.0, 120.0


@dataclass(frozen=True)
class Given:
    """A value that the user of the model gives."""

    name: str


@dataclass(frozen=True)
class Made:
    """A result of an earlier step."""

    step: str
    output: str = "OUTPUT"


@dataclass(frozen=True)
class Step:
    """One algorithm of the chain; its outputs in ``shown`` become results of the model."""

    name: str
    algorithm: str
    inputs: dict
    shown: dict[str, str] = field(default_factory=dict)


def _layer(name: str, title: str, *, optional: bool = False, polygons: bool = False):
    kind = Qgis.ProcessingSourceType.VectorPolygon if polygons else Qgis.ProcessingSourceType.Vector
    return QgsProcessingParameterFeatureSource(name, title, [kind], optional=optional)


def _connection():
    return QgsProcessingParameterProviderConnection("CONNECTION", "Platform database", "postgres")


def _push(kind: str, source, **more) -> Step:
    return Step(
        f"push_{kind}",
        "push_to_platform",
        {"CONNECTION": Given("CONNECTION"), "KIND": kind, "INPUT": source, **more},
    )


def district():
    """From streets and a survey to the platform."""
    parameters = [
        _layer("COMMUNITIES", "Communities", polygons=True),
        QgsProcessingParameterMultipleLayers(
            "BARRIERS", "Streets, rivers, railways", Qgis.ProcessingSourceType.VectorAnyGeometry
        ),
        _layer("BUILDINGS", "Buildings", optional=True, polygons=True),
        QgsProcessingParameterFile("SURVEY", "Survey"),
        _layer("DEPARTMENTS", "Departments"),
        _connection(),
    ]
    steps = [
        Step(
            "partition",
            "partition_unit_grids",
            {n: Given(n) for n in ("COMMUNITIES", "BARRIERS", "BUILDINGS")},
            {"OUTPUT": "CELLS"},
        ),
        Step(
            "check_cells",
            "check_unit_grids",
            {"INPUT": Made("partition"), "COMMUNITIES": Given("COMMUNITIES"), "FAIL_ON": "error"},
            {"FINDINGS": "CELL_FINDINGS"},
        ),
        Step("import", "import_components", {"INPUT": Given("SURVEY")}, {"REJECTED": "REJECTED"}),
        Step(
            "assign",
            "assign_unit_grids",
            {
                "INPUT": Made("import"),
                "GRIDS": Made("partition"),
                "COMMUNITIES": Given("COMMUNITIES"),
            },
        ),
        Step("number", "number_components", {"INPUT": Made("assign")}, {"OUTPUT": "COMPONENTS"}),
        Step(
            "check_components",
            "check_components",
            {
                "INPUT": Made("number"),
                "GRIDS": Made("partition"),
                "DEPARTMENTS": Given("DEPARTMENTS"),
                "FAIL_ON": "error",
            },
            {"FINDINGS": "COMPONENT_FINDINGS"},
        ),
        _push("department", Given("DEPARTMENTS")),
        _push("community", Given("COMMUNITIES")),
        _push("unit_grid", Made("partition"), COMMUNITIES=Given("COMMUNITIES")),
        _push("component", Made("number"), GRIDS=Made("partition")),
    ]
    return parameters, steps


def nightly():
    """Everything that changed, to the platform, every night."""
    kinds = {
        "department": "Departments",
        "community": "Communities",
        "unit_grid": "Unit grids",
        "address": "Addresses",
        "component": "Components",
        "risk": "Risks",
    }
    parameters = [_connection(), *(_layer(k.upper(), title) for k, title in kinds.items())]
    return parameters, [_push(kind, Given(kind.upper())) for kind in kinds]


def returned():
    """What crews brought back: merged, placed, checked and pushed."""
    parameters = [
        _layer("COMPONENTS", "Components"),
        QgsProcessingParameterFile(
            "PACKAGES", "Returned packages", Qgis.ProcessingFileParameterBehavior.Folder
        ),
        _layer("GRIDS", "Unit grids", polygons=True),
        _connection(),
    ]
    steps = [
        Step(
            "merge",
            "merge_field_returns",
            {"INPUT": Given("COMPONENTS"), "PACKAGES": Given("PACKAGES")},
            {"CONFLICTS": "CONFLICTS"},
        ),
        Step(
            "assign", "assign_unit_grids", {"INPUT": Given("COMPONENTS"), "GRIDS": Given("GRIDS")}
        ),
        Step("number", "number_components", {"INPUT": Made("assign")}, {"OUTPUT": "OUTPUT"}),
        Step(
            "check",
            "check_components",
            {"INPUT": Made("number"), "GRIDS": Given("GRIDS"), "FAIL_ON": "error"},
            {"FINDINGS": "FINDINGS"},
        ),
        _push("component", Made("number"), GRIDS=Given("GRIDS")),
    ]
    return parameters, steps


MODELS = {
    "district_from_streets_to_platform": district,
    "nightly_push": nightly,
    "census_return_to_platform": returned,
}


def _source(value):
    if isinstance(value, Given):
        return Source.fromModelParameter(value.name)
    if isinstance(value, Made):
        return Source.fromChildOutput(value.step, value.output)
    return Source.fromStaticValue(value)


def build(name: str, parameters: list, steps: list[Step]) -> QgsProcessingModelAlgorithm:
    """Return the model: each step waits for the one before it."""
    model = QgsProcessingModelAlgorithm()
    model.setName(name)
    for i, definition in enumerate(parameters):
        component = QgsProcessingModelParameter(definition.name())
        component.setPosition(QPointF(WIDTH * i, 0))
        model.addModelParameter(definition, component)
    before = ""
    for i, step in enumerate(steps):
        child = QgsProcessingModelChildAlgorithm(f"wangge:{step.algorithm}")
        child.setChildId(step.name)
        child.setDescription(child.algorithm().displayName())
        child.setPosition(QPointF(WIDTH * (i % 3), HEIGHT * (2 + i)))
        for parameter, value in step.inputs.items():
            child.addParameterSources(parameter, [_source(value)])
        if before:
            child.setDependencies([QgsProcessingModelChildDependency(before)])
        outputs = {}
        for output, shown in step.shown.items():
            made = QgsProcessingModelOutput(shown)
            made.setChildId(step.name)
            made.setChildOutputName(output)
            made.setPosition(QPointF(WIDTH * 3, HEIGHT * (2 + i)))
            outputs[shown] = made
        child.setModelOutputs(outputs)
        model.addChildAlgorithm(child)
        before = step.name
    model.updateDestinationParameters()
    return model


def main() -> None:
    application = QgsApplication([], False)
    application.initQgis()
    from wangge.processing.provider import WanggeProvider

    provider = WanggeProvider()
    QgsApplication.processingRegistry().addProvider(provider)
    FOLDER.mkdir(exist_ok=True)
    for name, make in MODELS.items():
        model = build(name, *make())
        model.toFile(str(FOLDER / f"{name}.model3"))
        print(name, [p.name() for p in model.parameterDefinitions()])


if __name__ == "__main__":
    main()
