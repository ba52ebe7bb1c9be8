"""Rooms: what a subject adds to the window beside its steps: map tools, pages, panels.

A subject's folder has a module ``room`` with a function ``open_room(desk)``. What it returns
has ``actions``, which go into the subject's menu and onto the toolbar, and ``remove()``.
A room whose Python packages are missing stays closed; the others open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
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


def open_rooms(desk: Desk) -> dict[str, Room]:
    """Open the room of every subject that has one."""
    home = __package__.rsplit(".", 1)[0]
    rooms: dict[str, Room] = {}
    for name in NAMES:
        if find_spec(f"{home}.{name}.room") is None:
            continue
        try:
            rooms[name] = import_module(f"{home}.{name}.room").open_room(desk)
        except ImportError as error:
            write_log(f"{name}: {error}")
    return rooms
