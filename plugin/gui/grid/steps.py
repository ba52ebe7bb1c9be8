"""The path through the unit grids."""

from ..shell.steps import Step, Subject

GRID = Subject(
    "grid",
    (
        Step(
            "partition_unit_grids",
            needs={"COMMUNITIES": "community", "BARRIERS": "street"},
            uses={"BUILDINGS": "building"},
            makes="unit_grid",
        ),
        Step(
            "number_unit_grids",
            needs={"INPUT": "unit_grid", "COMMUNITIES": "community"},
            fills="grid_code",
        ),
        Step(
            "check_unit_grids",
            needs={"INPUT": "unit_grid", "COMMUNITIES": "community"},
            uses={"BUILDINGS": "building"},
            checks="unit_grid",
        ),
        Step(
            "repair_unit_grids",
            needs={"INPUT": "unit_grid", "COMMUNITIES": "community"},
        ),
        Step(
            "update_unit_grids",
            needs={"OLD": "unit_grid", "COMMUNITIES": "community", "BARRIERS": "street"},
            uses={"BUILDINGS": "building"},
            makes="lineage",
        ),
    ),
)
