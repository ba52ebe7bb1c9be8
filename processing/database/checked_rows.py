"""A layer's rows on their way to the platform, and the rules that look at them in passing."""

from __future__ import annotations

import uuid
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from ...plugin.layers.geometry import transformed
from ...plugin.layers.source import LayerSource
from ...plugin.progress import Part, Progress
from ...plugin.rules.batch import Batch
from ...plugin.rules.catalogue import rules_for, subject_of
from ...plugin.rules.context import CheckContext
from ...plugin.rules.encoded import pick_fields
from ...plugin.rules.engine import Check, Known
from ...plugin.rules.finding import Finding
from ...plugin.rules.findings import zoom_points
from ...plugin.rules.result import CheckResult
from ...plugin.rules.rule import Rule, Subject
from ...plugin.standards.spec import LayerSpec
from ..inputs import renamed
from ..job import Job
from .connections import crs_of_text


class CheckedRows:
    """Yields a layer's rows in the platform's system; the rules see each as it is.

    Parameters
    ----------
    job : Job
    source : LayerSource
    context : CheckContext
    crs : str
        The platform's coordinate system; empty leaves the rows in theirs.
    """

    def __init__(self, job: Job, source: LayerSource, context: CheckContext, crs: str):
        self._job = job
        self._source = source
        self._spec: LayerSpec = context.layer
        self._crs = crs
        # What was yielded and what the rules see of it, until they have looked.
        self._unseen: deque[tuple[Batch, Batch]] = deque()
        self.context = context
        self.rules: tuple[Rule, ...] = rules_for(subject_of(context.layer.name))
        if context.target is not None:
            self.rules = (*self.rules, *rules_for(Subject.PUSH))
        self._check = Check(
            subject_of(context.layer.name),
            context,
            rules=self.rules,
            progress=_Unmoved(job.progress),
        )

    def __iter__(self) -> Iterator[Batch]:
        source = self._moved
        for batch in self._job.batches(self._source):
            whole = renamed(batch, self._spec)
            # The key of the file itself is no content.
            names = [n for n in whole.fields if n.lower() != "fid"]
            content = replace(whole, fields=pick_fields(whole.fields, names))
            moved = replace(transformed(content, source), crs=self._crs)
            self._unseen.append((moved, whole))
            yield moved

    @property
    def _moved(self) -> LayerSource:
        if not self._source.layer.isSpatial() or not self._crs:
            return self._source
        return replace(self._source, crs=crs_of_text(self._crs))

    def look(self, batch: Batch, known: Known | None = None) -> dict[str, np.ndarray]:
        """Check a batch that was yielded but for rows that are known; return what was noticed.

        Batches are looked at in the order in which they were yielded.
        """
        moved, whole = self._unseen.popleft()
        assert moved is batch  # noqa: S101 - in their order  # nosec B101
        return self._check.feed(whole, known=known)

    def each_looked_at(self) -> Iterator[Batch]:
        """Yield the rows; the rules look at all of them."""
        for batch in self:
            self.look(batch)
            yield batch

    def tells_all(self) -> bool:
        """Return True while the rows noticed stand for all that was found in single rows."""
        return self._check.is_about_rows

    def finish(self) -> CheckResult:
        """Compare the rows with each other and return what was found."""
        return self._check.finish()

    def placed(self, findings: Sequence[Finding]) -> list[Finding]:
        """Return findings as points in the platform's system."""
        points = Batch({}, zoom_points(findings), np.arange(len(findings)))
        shapes = transformed(points, self._moved).shapes.tolist()
        return [replace(f, geometry=g) for f, g in zip(findings, shapes, strict=True)]

    def stamp(self) -> uuid.UUID | None:
        """Return the stamp of the check; None for rows that the platform has elsewhere."""
        from ...plugin.database.stamps import stamp_of

        source = self._moved
        if source.needs_transform:
            return None
        return stamp_of(self.context, self.rules, source.layer.crs().toWkt())


class _Unmoved(Part):
    """Passes on cancel and messages; the push itself moves the bar."""

    def __init__(self, whole: Progress):
        super().__init__(whole, 0.0, 0.0)

    def report(self, fraction: float) -> None:
        pass
