"""The path through the risk list."""

from ..shell.steps import Step, Subject

RISK = Subject(
    "risk",
    (
        Step(
            "import_risk_list",
            uses={"ADDRESSES": "address", "GRIDS": "unit_grid", "COMPONENTS": "component"},
            makes="risk",
        ),
        Step("score_risks", needs={"INPUT": "risk"}, fills="level"),
        Step("check_risks", needs={"INPUT": "risk"}, uses={"GRIDS": "unit_grid"}, checks="risk"),
        Step("aggregate_risks", needs={"INPUT": "risk", "AREAS": "unit_grid"}),
        Step("export_risk_atlas", needs={"INPUT": "risk", "AREAS": "community"}),
    ),
)
