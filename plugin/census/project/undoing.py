"""Take a whole merge back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ...errors import WanggeError
from ...standards.layers import component_spec
from ...translation import translate
from ..merge.changes import undo
from ..merge.values import with_null_numbers
from ..packages.geopackage import read_layer
from .history import note_history
from .state import load_state, save_state
from .store import editing, find_table, save_rows


@dataclass(frozen=True)
class UndoneMerge:
    """Result of an undo.

    Attributes
    ----------
    packages : tuple of str
        Ids of the packages taken back; they can be merged again.
    kept : tuple of str
        uuids of components that were changed again after the merge and stay as they are.
    rows : dict of str to int
        ``deleted``, ``updated``, ``inserted``: what was written to the layer.
    """

    packages: tuple[str, ...]
    kept: tuple[str, ...]
    rows: Mapping[str, int]


def undo_in_project(path: Path, table: str, packages: Sequence[str] = ()) -> UndoneMerge:
    """Take back the latest merge of packages, by default of all that were merged last together.

    Conflicts that the merge raised go with it.

    Raises
    ------
    WanggeError
        When a package is not merged, or nothing is.
    """
    with editing(path) as connection:
        layer = find_table(connection, path, table)
        state = load_state(connection)
        before = with_null_numbers(read_layer(path, table, component_spec()))
        office, ledger = before, state.ledger
        kept: set[str] = set()
        raised: set[str] = set()
        chosen = tuple(packages) or ledger.latest_run()
        if not chosen:
            raise WanggeError(
                translate("Wangge", "Nothing is merged into this project that could be undone.")
            )
        for key in reversed(chosen):
            ledger, entry = ledger.without(key)
            undone = undo(office, entry.changes)
            office = undone.office
            kept |= set(undone.kept)
            raised |= set(entry.conflicts)
        ids = state.conflicts.text("conflict_id").tolist()
        stay = np.array([i not in raised for i in ids], dtype=bool)
        rows = save_rows(connection, layer, before, office)
        note_history(connection, before, office, {}, undo=translate("Wangge", "Undo field merge"))
        save_state(connection, replace(state, ledger=ledger, conflicts=state.conflicts.take(stay)))
    return UndoneMerge(chosen, tuple(sorted(kept)), rows)
