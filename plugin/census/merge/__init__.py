"""Three-way merge of field returns: nothing is lost silently, everything can be undone."""

from .changes import Changes, Undone, Update, undo
from .conflicts import FIELD, OFFICE, Kind, Resolution, choose, kind_title
from .difference import apply, difference
from .ledger import Entry, Ledger, Return
from .resolution import Resolved, resolve
from .three_way import Merged, merge
from .values import content_hash

__all__ = [
    "FIELD",
    "OFFICE",
    "Changes",
    "Entry",
    "Kind",
    "Ledger",
    "Merged",
    "Resolution",
    "Resolved",
    "Return",
    "Undone",
    "Update",
    "apply",
    "choose",
    "content_hash",
    "difference",
    "kind_title",
    "merge",
    "resolve",
    "undo",
]
