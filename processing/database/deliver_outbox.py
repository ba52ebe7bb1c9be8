"""wangge:deliver_outbox."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from qgis.core import QgsProcessingParameterFile

from ...plugin.errors import WanggeError
from ...plugin.layers.geometry import in_crs
from ...plugin.rules.batch import Batch
from ...plugin.standards.extension import extend_layers
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..checking import profile_parameter, read_profile
from ..job import Job
from ..outputs import numbers
from .connections import (
    connection_parameters,
    crs_of_text,
    outbox_key,
    platform_connection,
    schema,
)


class DeliverOutbox(WanggeAlgorithm):
    """Push what was kept while the server could not be reached: each package exactly once."""

    ID = "deliver_outbox"
    GROUP = Group.DATABASE
    FOLDER, PROFILE = "FOLDER", "PROFILE"

    def title(self):
        return translate("Wangge", "Deliver outbox")

    def summary(self):
        return translate(
            "Wangge",
            "Pushes the packages that “Push to platform” kept without a connection, the oldest "
            "first. A package arrives once, however often this runs; one that is refused stays.",
        )

    def parameters(self):
        return [
            *connection_parameters(),
            described(
                QgsProcessingParameterFile(
                    self.FOLDER,
                    translate("Wangge", "Outbox"),
                    QgsProcessingParameterFile.Behavior.Folder,
                ),
                translate("Wangge", "Folder with the packages."),
            ),
            profile_parameter(self.PROFILE),
        ]

    def outputs(self):
        return numbers(
            [
                ("DELIVERED", translate("Wangge", "Packages delivered")),
                ("ROWS", translate("Wangge", "Rows written")),
            ]
        )

    def execute(self, job: Job):
        from ...plugin.database.outbox import waiting

        packages = waiting(Path(job.text(self.FOLDER)))
        refused: list[str] = []
        rows = 0
        with platform_connection(job) as connection:
            for path in packages:
                try:
                    rows += self._deliver(job, connection, path)
                except WanggeError as error:
                    if connection.closed:
                        raise
                    # The others do not wait for this one.
                    job.progress.warn(f"{path.name}: {error}")
                    refused.append(f"{path.name}: {error}")
        if refused:
            raise WanggeError(
                translate(
                    "Wangge", "{count} of {total} packages were not delivered. The first is {first}"
                ).format(count=len(refused), total=len(packages), first=refused[0])
            )
        return {"DELIVERED": len(packages), "ROWS": rows}

    def _deliver(self, job: Job, connection, path: Path) -> int:
        from ...plugin.database.outbox import deliver, kind_of_package
        from ...plugin.database.platform import read_platform

        key = outbox_key()
        spec = extend_layers(read_profile(job, self.PROFILE))[kind_of_package(path, key=key)]
        platform = read_platform(connection.cursor(), schema(job))
        connection.rollback()
        result = deliver(
            connection,
            path,
            spec,
            key=key,
            prepare=_mover(job, platform.crs),
            progress=job.progress,
            schema=schema(job),
        )
        for note in result.notes:
            job.progress.tell(note)
        return result.changes


def _mover(job: Job, crs: str) -> Callable[[Batch], Batch]:
    target = crs_of_text(crs)
    context = job.context.transformContext()

    def move(batch: Batch) -> Batch:
        if batch.geometry is None or not batch.crs:
            return batch
        return replace(in_crs(batch, crs_of_text(batch.crs), target, context), crs=crs)

    return move
