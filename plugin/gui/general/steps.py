"""What serves all subjects."""

from ..shell.steps import Step, Subject

GENERAL = Subject(
    "general",
    (
        Step("create_sample_city"),
        Step("apply_fixes", needs={"FINDINGS": "finding"}),
        Step("list_rules"),
    ),
)
