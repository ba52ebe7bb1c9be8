"""Read what crews and older systems deliver: every row is accepted or rejected with a reason."""

from .fields import FieldMap, suggest_fields
from .raw import SourceInfo
from .reading import Importer, Intake, open_source, read_components

__all__ = [
    "FieldMap",
    "Importer",
    "Intake",
    "SourceInfo",
    "open_source",
    "read_components",
    "suggest_fields",
]
