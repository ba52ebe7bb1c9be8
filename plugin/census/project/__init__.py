"""The census project, a GeoPackage: what it remembers, packing from it and merging into it."""

from .merging import MergedPackage, ProjectMerge, merge_into_project
from .packing import pack_project
from .rows import rows_of
from .state import ProjectState, found_project, load_state, read_state, save_state
from .store import editing, find_table
from .undoing import UndoneMerge, undo_in_project

__all__ = [
    "MergedPackage",
    "ProjectMerge",
    "ProjectState",
    "UndoneMerge",
    "editing",
    "find_table",
    "found_project",
    "load_state",
    "merge_into_project",
    "pack_project",
    "read_state",
    "rows_of",
    "save_state",
    "undo_in_project",
]
