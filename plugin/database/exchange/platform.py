"""The platform as the source of a package."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...progress import SILENT, Progress
from ...rules.batch import Batch
from ...standards.extension import extend_layers
from ...standards.profile import Profile
from ..pull import pull

_KINDS = ("department", "community", "unit_grid", "component")


def platform_sources(
    connection,
    profile: Profile,
    *,
    area_code: str = "",
    schema: str = "wangge",
    progress: Progress = SILENT,
) -> dict[str, Callable[[], Iterator[Batch]]]:
    """Return the layers of the platform as sources of `export.export_package`.

    Parameters
    ----------
    connection : psycopg2 connection
    profile : Profile
    area_code : str
        A district, street or community; departments serve the whole city.
    schema : str
    progress : Progress
        Asked whether the user cancelled; not moved.
    """
    layers = extend_layers(profile)

    def source(kind: str) -> Callable[[], Iterator[Batch]]:
        # Departments carry no area.
        area = "" if kind == "department" else area_code
        return lambda: iter(
            pull(
                connection,
                kind,
                layers[kind],
                area_code=area,
                progress=_Cancel(progress),
                schema=schema,
            )
        )

    return {kind: source(kind) for kind in _KINDS}


class _Cancel:
    """Hands on the user's cancel and messages, and leaves the bar to the export."""

    def __init__(self, progress: Progress):
        self._progress = progress

    def report(self, fraction: float) -> None:
        pass

    def tell(self, message: str) -> None:
        self._progress.tell(message)

    def warn(self, message: str) -> None:
        self._progress.warn(message)

    def is_cancelled(self) -> bool:
        return self._progress.is_cancelled()
