"""The path through the platform database."""

from ..shell.steps import Step, Subject

DATABASE = Subject(
    "database",
    (
        Step("install_platform"),
        Step("push_to_platform", needs={"INPUT": "unit_grid"}),
        Step("list_pushes"),
        Step("pull_from_platform"),
        Step("revert_push"),
        Step("export_exchange_package"),
    ),
)
