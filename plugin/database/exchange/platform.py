"""The platform as the source of a package."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ...progress import SILENT, Progress
from ...rules.batch import Batch
from ...standards.extension import extend_layers
from ...standards.profile import Profile
from ..failures import people_errors
from ..pull import pull

_KINDS = ("department", "community", "unit_grid", "component")


@contextmanager
def platform_sources(
    connection,
    profile: Profile,
    *,
    area_code: str = "",
    schema: str = "wangge",
    progress: Progress = SILENT,
) -> Iterator[dict[str, Callable[[], Iterator[Batch]]]]:
    """Yield the layers of the platform, as they are at one moment, as sources of an export.

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
    moment = _OneMoment(connection)

    def source(kind: str) -> Callable[[], Iterator[Batch]]:
        # Departments carry no area.
        area = "" if kind == "department" else area_code
        return lambda: iter(
            pull(
                moment,
                kind,
                layers[kind],
                area_code=area,
                progress=_Cancel(progress),
                schema=schema,
            )
        )

    with people_errors(connection):
        connection.set_session(isolation_level="REPEATABLE READ")
    try:
        yield {kind: source(kind) for kind in _KINDS}
    finally:
        if not connection.closed:
            connection.rollback()
            connection.set_session(isolation_level="DEFAULT")


class _OneMoment:
    """A connection whose transaction outlasts a pull, so that all layers are of one moment.

    Each pull would begin and end its own; here the beginning and the end are the caller's.
    """

    def __init__(self, connection):
        self._connection = connection

    def __getattr__(self, name: str):
        return getattr(self._connection, name)

    def set_session(self, **_) -> None:
        pass

    def rollback(self) -> None:
        pass


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
