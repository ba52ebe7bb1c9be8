"""The path through the component census."""

from ..shell.steps import Step, Subject

CENSUS = Subject(
    "census",
    (
        Step(
            "create_census_project",
            uses={
                "COMMUNITIES": "community",
                "GRIDS": "unit_grid",
                "COMPONENTS": "component",
                "DEPARTMENTS": "department",
                "ADDRESSES": "address",
            },
        ),
        Step(
            "pack_field_packages",
            needs={"INPUT": "component", "GRIDS": "unit_grid"},
            kept=True,
        ),
        Step("import_components", makes="component"),
        Step(
            "assign_unit_grids",
            needs={"INPUT": "component", "GRIDS": "unit_grid"},
            uses={"COMMUNITIES": "community"},
            fills="grid_code",
        ),
        Step("number_components", needs={"INPUT": "component"}, fills="component_code"),
        Step(
            "check_components",
            needs={"INPUT": "component"},
            uses={"GRIDS": "unit_grid", "DEPARTMENTS": "department"},
            checks="component",
        ),
        Step("merge_field_returns", needs={"INPUT": "component"}, kept=True),
        Step("draw_quality_sample", needs={"INPUT": "component", "GRIDS": "unit_grid"}),
        Step(
            "score_quality_sample",
            uses={"CHECKED": "sample_survey", "SAMPLE": "sample", "CELLS": "sample_cells"},
        ),
        Step("report_census_progress", needs={"INPUT": "component", "GRIDS": "unit_grid"}),
        Step("migrate_standard", needs={"INPUT": "component"}),
    ),
)
