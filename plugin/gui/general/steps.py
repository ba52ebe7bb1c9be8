"""What serves all subjects."""

from ..shell.steps import Step, Subject

#: Every layer is welcome; none is necessary.
ONE_MAP = Step(
    "create_one_map",
    uses={
        "COMMUNITIES": "community",
        "GRIDS": "unit_grid",
        "COMPONENTS": "component",
        "CASES": "case",
        "RISKS": "risk",
        "FACILITIES": "facility",
        "MONITORS": "monitor",
        "CAMERAS": "camera",
    },
)

GENERAL = Subject(
    "general",
    (
        Step("create_sample_city"),
        Step("apply_fixes", needs={"FINDINGS": "finding"}),
        Step("list_rules"),
        ONE_MAP,
        Step("export_one_map"),
        Step("search_facilities", needs={"FACILITIES": "facility"}),
        Step("measure_facility_coverage", needs={"FACILITIES": "facility", "AREAS": "unit_grid"}),
        Step("run_city_batch"),
    ),
)
