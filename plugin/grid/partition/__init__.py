"""Cutting communities into unit cells along streets and rivers, around buildings, evenly."""

from .model import (
    BuildingException,
    ExceptionReason,
    Gain,
    Partition,
    PartitionInput,
    PartitionOptions,
)
from .run import partition

__all__ = [
    "BuildingException",
    "ExceptionReason",
    "Gain",
    "Partition",
    "PartitionInput",
    "PartitionOptions",
    "partition",
]
