"""Read what crews and older systems deliver: every row is accepted or rejected with a reason."""

from .fields import FieldMap, suggest_fields
from .offset import Offset, OffsetSuspicion, suspect_layer_offset, suspect_offset
from .opening import open_source
from .raw import SourceInfo
from .reading import Importer, Intake, read_components

__all__ = [
    "FieldMap",
    "Importer",
    "Intake",
    "Offset",
    "OffsetSuspicion",
    "SourceInfo",
    "open_source",
    "read_components",
    "suggest_fields",
    "suspect_layer_offset",
    "suspect_offset",
]
