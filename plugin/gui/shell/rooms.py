"""Rooms: what a subject adds to the window beside its steps: map tools, pages, panels.

A subject's folder has a module ``room`` with a function ``open_room(desk)``. What it returns
has ``actions``, which go into the subject's menu and onto the toolbar, and ``remove()``.
A room whose Python packages are missing stays closed; the others open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QAction

from ...log import write_log
from ...settings import Settings
from .messages import Messages
from .running import Runner
from .steps import Step

NAMES = ("grid", "census", "risk", "database", "general")


@dataclass(frozen=True)
class Desk:
    """What the shell lends to a room.

    Attributes
    ----------
    iface : QgisInterface
    messages : Messages
    settings : Settings
    runner : Runner
        Opens and runs algorithms by id.
    owner : QObject
        Parent for actions; it goes when the plugin is unloaded.
    start : callable
        ``start(step, layer_ids)`` opens a step with the project's layers filled in.
    """

    iface: Any
    messages: Messages
    settings: Settings
    runner: Runner
    owner: QObject
    start: Callable[[Step, list[str]], object]


class Room(Protocol):
    """What `open_room` returns."""

    actions: Sequence[QAction]

    def remove(self) -> None:
        """Take everything away again."""


def room_module(name: str) -> str:
    """Return the module of a subject's room."""
    return f"{__package__.rpartition('.')[0]}.{name}.room"


def open_room(name: str, desk: Desk) -> Room | None:
    """Open the room of a subject; None when its Python packages are missing."""
    try:
        return import_module(room_module(name)).open_room(desk)
    except ImportError as error:
        write_log(f"{name}: {error}")
        return None
