"""Which packages were merged and when: a package is merged once, and can be taken back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from ...errors import WanggeError
from ...translation import translate
from .changes import Changes


class Return(Enum):
    """What a returned package is to the ledger."""

    NEW = "new"
    MERGED = "merged"
    """Merged before with the same content: nothing is left to do."""
    EDITED = "edited"
    """Merged before, but edited since: to be merged against what it was then."""
    UNDONE = "undone"
    """Merged before and taken back: may be merged again."""


@dataclass(frozen=True)
class Entry:
    """One merge.

    Attributes
    ----------
    package_id, content : str
        ``content`` is the `content_hash` of the rows that came back.
    merged_at : str
        ISO 8601.
    changes : Changes
    undone : bool
    """

    package_id: str
    content: str
    merged_at: str
    changes: Changes
    undone: bool = False


@dataclass(frozen=True)
class Ledger:
    """All merges into a project, in order."""

    entries: tuple[Entry, ...] = ()

    def last(self, package_id: str) -> Entry | None:
        """Return the latest merge of a package, None when there was none."""
        return next((e for e in reversed(self.entries) if e.package_id == package_id), None)

    def status(self, package_id: str, content: str) -> Return:
        """Return what to do with a package that came back with this content."""
        entry = self.last(package_id)
        if entry is None:
            return Return.NEW
        if entry.undone:
            return Return.UNDONE
        return Return.MERGED if entry.content == content else Return.EDITED

    def with_merge(self, package_id: str, content: str, merged_at: str, changes: Changes) -> Ledger:
        """Return the ledger with one more merge."""
        return Ledger((*self.entries, Entry(package_id, content, merged_at, changes)))

    def with_more(self, package_id: str, changes: Changes) -> Ledger:
        """Return the ledger with resolved conflicts added to the latest merge of a package."""
        entries = list(self.entries)
        for i in range(len(entries) - 1, -1, -1):
            if entries[i].package_id == package_id:
                e = entries[i]
                entries[i] = Entry(
                    e.package_id, e.content, e.merged_at, e.changes.then(changes), e.undone
                )
                break
        return Ledger(tuple(entries))

    def without(self, package_id: str) -> tuple[Ledger, Changes]:
        """Return the ledger with a package's latest merge marked as undone, and what to undo.

        Raises
        ------
        WanggeError
            When there is nothing to undo.
        """
        entry = self.last(package_id)
        if entry is None or entry.undone:
            raise WanggeError(
                translate(
                    "Wangge", "Package {package} is not merged, so there is nothing to undo."
                ).format(package=package_id)
            )
        undone = Entry(entry.package_id, entry.content, entry.merged_at, entry.changes, True)
        entries = tuple(undone if e is entry else e for e in self.entries)
        return Ledger(entries), entry.changes

    def to_json(self) -> str:
        """Return the ledger as text, to be stored in the project."""
        return json.dumps(
            [
                {
                    "package_id": e.package_id,
                    "content": e.content,
                    "merged_at": e.merged_at,
                    "undone": e.undone,
                    "changes": e.changes.to_json(),
                }
                for e in self.entries
            ],
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str) -> Ledger:
        """Read what `to_json` wrote; WanggeError when it is damaged."""
        try:
            rows: list[Mapping[str, Any]] = json.loads(text) if text.strip() else []
            return cls(
                tuple(
                    Entry(
                        r["package_id"],
                        r["content"],
                        r["merged_at"],
                        Changes.from_json(r["changes"]),
                        bool(r["undone"]),
                    )
                    for r in rows
                )
            )
        except (ValueError, KeyError, TypeError) as error:
            raise WanggeError(
                translate(
                    "Wangge",
                    "The list of merged packages is damaged. Restore the project from its backup.",
                ),
                detail=repr(error),
            ) from error
