"""Where somebody is on the guided path: kept in the project, so that it can be left and resumed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from qgis.core import QgsProject

_SCOPE = "Wangge"


@dataclass(frozen=True)
class Place:
    """Position on the path.

    Attributes
    ----------
    page : str
        Name of the page; empty before the path was begun.
    done : frozenset of str
        Keys of tasks that leave no layer behind and were done.
    skipped : frozenset of str
        Names of pages that were skipped.
    chosen : dict of str to str
        Name of a layer description -> id of the layer that is to be used for it.
    """

    page: str = ""
    done: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()
    chosen: dict[str, str] = field(default_factory=dict)

    def at(self, page: str) -> Place:
        """Return the place with another page."""
        return replace(self, page=page)

    def with_done(self, key: str) -> Place:
        """Return the place with a task done."""
        return replace(self, done=self.done | {key})

    def with_skipped(self, page: str) -> Place:
        """Return the place with a page skipped."""
        return replace(self, skipped=self.skipped | {page})

    def with_chosen(self, kind: str, layer_id: str) -> Place:
        """Return the place with a layer chosen for its description."""
        return replace(self, chosen={**self.chosen, kind: layer_id})


def read_place() -> Place:
    """Return the place that the open project keeps."""
    project = QgsProject.instance()

    def entries(name: str) -> list[str]:
        return list(project.readListEntry(_SCOPE, f"guide/{name}", [])[0])

    return Place(
        page=project.readEntry(_SCOPE, "guide/page", "")[0],
        done=frozenset(entries("done")),
        skipped=frozenset(entries("skipped")),
        chosen=dict(e.split("=", 1) for e in entries("chosen") if "=" in e),
    )


def keep_place(place: Place) -> None:
    """Keep a place in the open project; it is stored when the project is saved."""
    if place == read_place():
        # The project stays as it is: nobody is asked to save what did not change.
        return
    project = QgsProject.instance()
    project.writeEntry(_SCOPE, "guide/page", place.page)
    project.writeEntry(_SCOPE, "guide/done", sorted(place.done))
    project.writeEntry(_SCOPE, "guide/skipped", sorted(place.skipped))
    chosen = [f"{kind}={layer}" for kind, layer in sorted(place.chosen.items())]
    project.writeEntry(_SCOPE, "guide/chosen", chosen)
