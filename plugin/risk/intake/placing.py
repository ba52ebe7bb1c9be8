"""Place rows: by coordinates, by address, by component, by cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import shapely

from ...errors import WanggeError
from ...progress import SILENT, Progress
from ...rules.batch import Batch
from ...translation import translate
from .address_index import AddressIndex, Found, Match
from .issues import Kind
from .rows import Row
from .values import as_code, as_degrees, as_text, is_blank

Transform = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]

# China with its seas, in degrees; tells longitude from latitude.
_LONGITUDES, _LATITUDES = (73.0, 136.0), (3.0, 54.0)
_DECIDED = 1.01  # no likeness reaches it: every likeness is confirmed by a person


@dataclass(frozen=True)
class Places:
    """What rows can be placed by.

    Attributes
    ----------
    crs : str
        CRS of the result, of `components`, `cells` and of coordinates in metres.
    addresses : AddressIndex or None
    components, cells : mapping of str to geometry
        Component code -> geometry, grid code -> geometry.
    from_degrees : callable or None
        Brings longitudes and latitudes (arrays) into `crs`. None when `crs` is geographic.
    is_geographic : bool
        True when `crs` is in degrees.
    bounds : tuple of float or None
        (xmin, ymin, xmax, ymax) of the city in `crs`; coordinates beyond are refused.
    """

    crs: str = ""
    addresses: AddressIndex | None = None
    components: Mapping[str, shapely.Geometry] = field(default_factory=dict)
    cells: Mapping[str, shapely.Geometry] = field(default_factory=dict)
    from_degrees: Transform | None = None
    is_geographic: bool = False
    bounds: tuple[float, float, float, float] | None = None


def geometries_by_code(batch: Batch, code_field: str) -> dict[str, shapely.Geometry]:
    """Return code -> geometry of the rows that have both; the first of equal codes."""
    if batch.geometry is None or code_field not in batch.fields:
        raise WanggeError(
            translate(
                "Wangge", "Placing by {field} needs a layer with geometry and that field."
            ).format(field=code_field)
        )
    found: dict[str, shapely.Geometry] = {}
    for code, shape in zip(batch.text(code_field), batch.geometry, strict=True):
        if code and shape is not None and not shape.is_empty:
            found.setdefault(str(code), shape)
    return found


def place_rows(
    rows: list[Row],
    places: Places,
    *,
    answers: Mapping[str, str],
    accept_likeness: float | None = None,
    progress: Progress = SILENT,
) -> np.ndarray:
    """Return a geometry for each row, None where none was found; says why on the row.

    Parameters
    ----------
    rows : list of Row
    places : Places
    answers : mapping of str to str
        Cell (``"桥梁!F12"``) -> code or name of the address meant.
    accept_likeness : float, optional
        Take the likeliest address from this likeness on without asking, if none other is as
        likely. By default a person confirms each.

    Returns
    -------
    ndarray of geometries, shape (n,)
    """
    shapes = _by_coordinates(rows, places)
    threshold = _DECIDED if accept_likeness is None else accept_likeness
    open_rows = [i for i in range(len(rows)) if shapes[i] is None]
    found = _addresses([rows[i] for i in open_rows], places, progress)
    for i, address in zip(open_rows, found, strict=True):
        shapes[i] = _place(rows[i], address, places, answers, threshold)
    return shapes


def _by_coordinates(rows: list[Row], places: Places) -> np.ndarray:
    shapes = np.full(len(rows), None, dtype=object)
    pairs: dict[int, tuple[float, float]] = {}
    for i, row in enumerate(rows):
        pair = _coordinates(row)
        if pair:
            pairs[i] = pair
    if not pairs:
        return shapes
    index = np.array(list(pairs))
    x, y = np.array(list(pairs.values()), dtype=float).T
    degrees = (np.abs(x) <= 180) & (np.abs(y) <= 180)
    for i in index[degrees & _within(x, _LATITUDES) & _within(y, _LONGITUDES)]:
        rows[i].say(
            Kind.BAD_COORDINATE,
            "x" if rows[i].raw("x") is not None else "coordinates",
            translate(
                "Wangge",
                "longitude and latitude stand in each other's place; they were exchanged. "
                "Check the place.",
            ),
        )
    # Surveyors head the northing X: seven digits against six, or eight with the zone.
    northing_first = ~degrees & _within(x, (1e6, 6e6)) & (_within(y, (1e5, 9.99e5)) | (y > 1.3e7))
    swap = northing_first | (degrees & _within(x, _LATITUDES) & _within(y, _LONGITUDES))
    x, y = np.where(swap, y, x), np.where(swap, x, y)
    usable = np.ones(len(x), bool)
    if places.from_degrees is not None and degrees.any():
        x[degrees], y[degrees] = places.from_degrees(x[degrees], y[degrees])
    elif not places.is_geographic:
        usable &= ~degrees
    else:
        usable &= degrees
    if places.bounds is not None:
        xmin, ymin, xmax, ymax = places.bounds
        usable &= (x >= xmin) & (x <= xmax) & (y >= ymin) & (y <= ymax)
    usable &= np.isfinite(x) & np.isfinite(y)
    shapes[index[usable]] = shapely.points(x[usable], y[usable])
    for i in index[~usable]:
        rows[i].say(
            Kind.BAD_COORDINATE,
            "x" if rows[i].raw("x") is not None else "coordinates",
            translate(
                "Wangge",
                "the coordinates lie outside the city or are in another coordinate reference "
                "system. Correct them or place the risk by its address.",
            ),
        )
    return shapes


def _within(values: np.ndarray, limits: tuple[float, float]) -> np.ndarray:
    return (values >= limits[0]) & (values <= limits[1])


def _coordinates(row: Row) -> tuple[float, float] | None:
    x, y = row.raw("x"), row.raw("y")
    name = "x"
    if x is None and y is None:
        text = row.raw("coordinates")
        if text is None:
            return None
        name = "coordinates"
        parts = [p for p in as_text(text).replace("，", ",").replace("；", ",").split(",") if p]
        if len(parts) == 1:
            parts = parts[0].split()
        x, y = parts if len(parts) == 2 else (None, None)
    first, second = (None if is_blank(v) else as_degrees(v) for v in (x, y))
    if first is None or second is None:
        row.say(
            Kind.BAD_COORDINATE,
            "y" if name == "x" and first is not None else name,
            translate("Wangge", "the coordinates are no two numbers. Correct them."),
        )
        return None
    return first, second


def _addresses(rows: list[Row], places: Places, progress: Progress) -> list[Found]:
    nothing = Found(Match.NONE, ())
    if places.addresses is None:
        return [nothing] * len(rows)
    texts = [row.text("address") for row in rows]
    asked = [t for t in texts if t]
    found = dict(zip(asked, places.addresses.find(asked, progress=progress), strict=True))
    return [found.get(t, nothing) for t in texts]


def _place(
    row: Row, found: Found, places: Places, answers: Mapping[str, str], threshold: float
) -> shapely.Geometry | None:
    index = places.addresses
    answer = answers.get(f"{row.sheet.name}!{row.cell('address')}")
    if index is not None and answer:
        chosen = index.named(answer)
        if chosen is not None:
            return index.points[chosen]
        row.say(
            Kind.ADDRESS_UNKNOWN,
            "address",
            translate(
                "Wangge", "the answer {answer} is no address of the layer, or names several."
            ).format(answer=answer),
        )
    if index is not None and found.is_ambiguous:
        found = _narrowed(row, found, index)
    if index is not None and found.is_certain:
        return index.points[found.candidates[0].row]
    shape = _by_code(row, "component_code", places.components) or _by_code(
        row, "grid_code", places.cells
    )
    if index is not None and shape is None and _is_clear(found, threshold):
        shape = index.points[found.candidates[0].row]
    _say_address(row, found, placed=shape is not None, known=index is not None)
    return shape


def _narrowed(row: Row, found: Found, index: AddressIndex) -> Found:
    """Keep the candidates of the community that the row names, if that leaves one."""
    code = as_code(row.raw("community_code"))[0] or as_code(row.raw("grid_code"))[0][:12]
    kept = tuple(c for c in found.candidates if code and index.communities[c.row] == code)
    return Found(found.match, kept) if len(kept) == 1 else found


def _is_clear(found: Found, threshold: float) -> bool:
    best = found.candidates[:2]
    if found.match is not Match.FUZZY or not best or best[0].likeness < threshold:
        return False
    return len(best) == 1 or best[1].likeness < best[0].likeness


def _by_code(
    row: Row, name: str, shapes: Mapping[str, shapely.Geometry]
) -> shapely.Geometry | None:
    code, whole = as_code(row.raw(name))
    if not code or not whole:
        return None  # a code that lost digits is named where the fields are read
    if code in shapes:
        return shapely.point_on_surface(shapes[code])
    if shapes:
        row.say(
            Kind.UNKNOWN_REFERENCE,
            name,
            translate("Wangge", "there is no {code} in the layer. Correct the code.").format(
                code=code
            ),
        )
    return None


def _say_address(row: Row, found: Found, *, placed: bool, known: bool) -> None:
    text = row.text("address")
    names = "; ".join(f"{c.name} [{c.code}] {c.likeness:.2f}" for c in found.candidates)
    if found.is_ambiguous:
        reason = translate(
            "Wangge", "the address {address} is found more than once: {candidates}. Choose one."
        )
        row.say(
            Kind.ADDRESS_TWICE,
            "address",
            reason.format(address=text, candidates=names),
            rejects=not placed,
            candidates=found.candidates,
        )
    elif found.match is Match.FUZZY:
        reason = translate(
            "Wangge", "the address {address} is not known; likely are {candidates}. Confirm one."
        )
        row.say(
            Kind.ADDRESS_ALIKE,
            "address",
            reason.format(address=text, candidates=names),
            rejects=not placed,
            candidates=found.candidates,
        )
    elif text and known:
        row.say(
            Kind.ADDRESS_UNKNOWN,
            "address",
            translate(
                "Wangge", "no address like {address} is known. Correct it or give coordinates."
            ).format(address=text),
            rejects=not placed,
        )
    elif not placed:
        row.say(
            Kind.NO_PLACE,
            "address",
            translate(
                "Wangge",
                "the row has no coordinates, no address that can be looked up, no component "
                "and no unit grid. Give one of them.",
            ),
            rejects=True,
        )
