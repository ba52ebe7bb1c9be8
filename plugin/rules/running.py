"""A rule at work: what it finds, turned into findings up to a cap."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely

from ..translation import translate
from .context import CheckContext
from .finding import Severity
from .findings import Findings, as_text, cut_hits
from .fingerprint import geometry_hashes
from .ledger import Ledger
from .rows import Rows
from .rule import Hits, Late, Rule


@dataclass
class Running:
    """A rule at work: its values in force and what it has found so far."""

    rule: Rule
    severity: Severity
    parameters: Mapping[str, Any]
    layer: str
    cap: int
    count: int = 0
    shown: int = 0
    seconds: float = 0.0
    obstacle: str = ""
    findings: list[Findings] = field(default_factory=list)
    told: set = field(default_factory=set)
    _hits: list[np.ndarray] = field(default_factory=list)

    def check(self, source: Rows | Ledger, context: CheckContext) -> None:
        if self.obstacle:
            return
        started = time.perf_counter()
        try:
            for hits in self.rule.check(source, context, self.parameters):
                if len(hits):
                    self._take(hits, source, context)
        except shapely.errors.GEOSException as error:
            # The other rules go on; what this one found is incomplete and not shown.
            self.obstacle = translate(
                "Wangge", "It stopped at a geometry that cannot be computed with: {detail}"
            ).format(detail=error)
        self.seconds += time.perf_counter() - started

    def take_hits(self) -> np.ndarray:
        """Return the rows of all hits since the last call, -1 for what is no row."""
        hits, self._hits = self._hits, []
        return np.concatenate([*hits, np.empty(0, np.int64)])

    def _take(self, hits: Hits, source: Rows | Ledger, context: CheckContext) -> None:
        if len(hits) == 1 and hits.rows[0] < 0 and hits.keys is None:
            # Each batch says the same of the whole layer; once is enough.
            said = (hits.message, hits.field, *as_text(hits.values, 1))
            if said in self.told:
                return
            self.told.add(said)
        if not self.rule.across:
            self._hits.append(np.asarray(hits.rows, np.int64))
        self.count += len(hits)
        room = self.cap - self.shown
        if room <= 0:
            return
        hits = cut_hits(hits, room)
        self.shown += len(hits)
        self.findings.append(_materialise(self, hits, source, context))


def _materialise(
    running: Running, hits: Hits, source: Rows | Ledger, context: CheckContext
) -> Findings:
    n = len(hits)
    rows = np.asarray(hits.rows, np.int64)
    real = rows >= 0
    keys = [""] * n if hits.keys is None else [str(k) for k in hits.keys]
    ids = np.full(n, -1, np.int64)
    geometry = np.full(n, None, dtype=object)
    hashes = np.full(n, "", dtype=object)
    if real.any():
        chosen = rows[real]
        found = source.key_texts(chosen)
        if isinstance(source, Rows):
            ids[real] = source.batch.ids[chosen]
            geometry[real] = source.geometry[chosen]
            hashes[real] = geometry_hashes(geometry[real])
        else:
            ids[real] = source.ids[chosen]
            geometry[real] = source.shapes(chosen)
            hashes[real] = source.hashes(chosen)
        for place, key in zip(np.flatnonzero(real).tolist(), found, strict=True):
            keys[place] = key
    if hits.geometry is not None:
        spots = np.asarray(hits.geometry, dtype=object)
        given = shapely.get_type_id(spots) >= 0
        geometry[given] = spots[given]
        # What is no row of the layer (a gap, a building) is known by its own shape.
        hashes[given & ~real] = geometry_hashes(spots[given & ~real])
    return Findings(
        running.rule.id,
        running.severity,
        running.layer,
        hits.field,
        context.label(hits.field) if hits.field else "",
        hits.message,
        keys,
        as_text(hits.values, n),
        as_text(hits.fixes, n),
        ids,
        geometry,
        hashes,
        # A `Late` would hold on to the ledger.
        {k: v.tolist() if isinstance(v, Late) else v for k, v in hits.details.items()},
    )
