"""Three-way merge of field returns: nothing is lost silently, everything can be undone."""

from .changes import Changes, Undone, Update, undo
from .conflicts import FIELD, OFFICE, Kind, Resolution, choose
from .ledger import Entry, Ledger, Return
from .resolution import Resolved, resolve
from .three_way import Merged, merge, merge_all
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
    "choose",
    "content_hash",
    "merge",
    "merge_all",
    "resolve",
    "undo",
]
