"""Which packages were merged and when: a package is merged once, and can be taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
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
        What was done to the office's layer.
    undone : bool
    returned : Changes
        How the rows that came back differ from those that went out; with the package's
        base they are known again when it comes back once more, edited.
    conflicts : tuple of str
        Ids of the conflicts that were raised.
    team : str
    """

    package_id: str
    content: str
    merged_at: str
    changes: Changes
    undone: bool = False
    returned: Changes = field(default_factory=Changes)
    conflicts: tuple[str, ...] = ()
    team: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return plain values to be stored in the project."""
        return {
            "package_id": self.package_id,
            "content": self.content,
            "merged_at": self.merged_at,
            "undone": self.undone,
            "changes": self.changes.to_json(),
            "returned": self.returned.to_json(),
            "conflicts": list(self.conflicts),
            "team": self.team,
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Entry:
        """Read what `to_json` wrote."""
        return cls(
            values["package_id"],
            values["content"],
            values["merged_at"],
            Changes.from_json(values["changes"]),
            bool(values["undone"]),
            Changes.from_json(values["returned"]),
            tuple(values["conflicts"]),
            values["team"],
        )


@dataclass(frozen=True)
class Ledger:
    """All merges into a project, in order."""

    entries: tuple[Entry, ...] = ()

    def last(self, package_id: str) -> Entry | None:
        """Return the latest merge of a package that was not undone, None when there is none."""
        return next(
            (e for e in reversed(self.entries) if e.package_id == package_id and not e.undone), None
        )

    def status(self, package_id: str, content: str) -> Return:
        """Return what to do with a package that came back with this content."""
        entry = self.last(package_id)
        if entry is None:
            known = any(e.package_id == package_id for e in self.entries)
            return Return.UNDONE if known else Return.NEW
        return Return.MERGED if entry.content == content else Return.EDITED

    def latest_run(self) -> tuple[str, ...]:
        """Return the packages merged last together and not undone, in order."""
        standing = [e for e in self.entries if not e.undone]
        return tuple(e.package_id for e in standing if e.merged_at == standing[-1].merged_at)

    def with_merge(
        self,
        package_id: str,
        content: str,
        merged_at: str,
        changes: Changes,
        *,
        returned: Changes | None = None,
        conflicts: Sequence[str] = (),
        team: str = "",
    ) -> Ledger:
        """Return the ledger with one more merge."""
        entry = Entry(
            package_id,
            content,
            merged_at,
            changes,
            returned=returned or Changes(),
            conflicts=tuple(conflicts),
            team=team,
        )
        return Ledger((*self.entries, entry))

    def with_more(self, package_id: str, changes: Changes) -> Ledger:
        """Return the ledger with resolved conflicts added to the latest merge of a package."""
        entry = self.last(package_id)
        if entry is None:
            return self
        more = replace(entry, changes=entry.changes.then(changes))
        return Ledger(tuple(more if e is entry else e for e in self.entries))

    def without(self, package_id: str) -> tuple[Ledger, Entry]:
        """Return the ledger with a package's latest merge marked as undone, and that merge.

        Raises
        ------
        WanggeError
            When there is nothing to undo.
        """
        entry = self.last(package_id)
        if entry is None:
            raise WanggeError(
                translate(
                    "Wangge", "Package {package} is not merged, so there is nothing to undo."
                ).format(package=package_id)
            )
        undone = replace(entry, undone=True)
        return Ledger(tuple(undone if e is entry else e for e in self.entries)), entry
