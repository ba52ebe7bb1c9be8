"""Coordinates that cannot be right: swapped, rounded, empty, in no system."""

from __future__ import annotations

import numpy as np
import shapely

from ...translation import translate

# Mainland China with its surroundings.
_LON, _LAT = (72.0, 137.0), (3.0, 55.0)
# Northing and easting of Gauss-Krueger zones, without and with zone number before the easting.
_NORTHING = (400_000.0, 6_200_000.0)
_EASTING = (100_000.0, 900_000.0)


def looks_swapped(x: np.ndarray, y: np.ndarray, *, geographic: bool) -> np.ndarray:
    """Return where x and y have surely changed places, shape (n,) of bool."""
    if geographic:
        impossible = (np.abs(y) > 90) & (np.abs(y) <= 180) & (np.abs(x) <= 90)
        chinese = _within(x, _LAT) & _within(y, _LON)
        return impossible | chinese
    zoned = (y >= 13e6) & (y < 46e6) & _within(y % 1e6, _EASTING)
    return _within(x, (2e6, 6.2e6)) & (_within(y, _EASTING) | zoned)


def _within(values: np.ndarray, limits: tuple[float, float]) -> np.ndarray:
    return (values >= limits[0]) & (values <= limits[1])


def guess_geographic(x: np.ndarray, y: np.ndarray) -> bool:
    """Return True when most coordinates are small enough to be degrees."""
    good = np.isfinite(x) & np.isfinite(y)
    return bool(good.any()) and float(np.mean((np.abs(x) <= 180) & (np.abs(y) <= 180))) > 0.5


def few_decimals(x: np.ndarray, y: np.ndarray, decimals: int = 2) -> np.ndarray:
    """Return where both coordinates are round: two decimals of a degree are about 1 km."""
    scale = 10.0**decimals
    with np.errstate(invalid="ignore"):
        return (np.abs(x * scale - np.round(x * scale)) < 1e-7) & (
            np.abs(y * scale - np.round(y * scale)) < 1e-7
        )


def bad_positions(geometry: np.ndarray, *, geographic: bool) -> np.ndarray:
    """Return why a geometry cannot be a component's, "" where it can, shape (n,) of str."""
    reasons = np.full(len(geometry), "", dtype=object)
    missing = shapely.is_missing(geometry)
    empty = shapely.is_empty(geometry) & ~missing
    with np.errstate(invalid="ignore"):
        bounds = shapely.bounds(geometry)
    finite = np.isfinite(bounds).all(axis=1)
    broken = ~missing & ~empty & ~finite
    # A NaN vertex hides inside the bounds of a line or polygon.
    extended = np.flatnonzero(finite & (shapely.get_dimensions(geometry) > 0))
    if len(extended):
        xy, owner = shapely.get_coordinates(geometry[extended], return_index=True)
        broken[extended[np.unique(owner[~np.isfinite(xy).all(axis=1)])]] = True
    kinds = shapely.get_type_id(geometry)
    wrong = np.isin(kinds, (shapely.GeometryType.MULTIPOINT, shapely.GeometryType.LINEARRING))
    wrong |= kinds == shapely.GeometryType.GEOMETRYCOLLECTION
    with np.errstate(invalid="ignore"):
        null_island = finite & (np.abs(bounds) < 1e-9).all(axis=1)
        beyond = finite & geographic & (np.abs(bounds) > [180, 90, 180, 90]).any(axis=1)
        swapped = finite & looks_swapped(bounds[:, 0], bounds[:, 1], geographic=geographic)
    reasons[wrong] = translate(
        "Wangge", "The geometry is a collection or several points, not a point, line or polygon."
    )
    reasons[beyond] = translate("Wangge", "The coordinates are no degrees.")
    reasons[swapped] = translate("Wangge", "X and Y look swapped.")
    reasons[null_island] = translate("Wangge", "The coordinates are 0, 0.")
    reasons[empty] = translate("Wangge", "The geometry is empty.")
    reasons[broken] = translate("Wangge", "A coordinate is no finite number.")
    reasons[missing] = translate("Wangge", "There is no geometry.")
    return reasons


def unwrapped(geometry: np.ndarray) -> np.ndarray:
    """Return plane geometries, with multi-part ones of one part as that part."""
    flat = shapely.force_2d(geometry)
    one = (shapely.get_type_id(flat) >= shapely.GeometryType.MULTIPOINT) & (
        shapely.get_num_geometries(flat) == 1
    )
    if one.any():
        flat[one] = shapely.get_geometry(flat[one], 0)
    return flat


def crs_hint(x: np.ndarray, y: np.ndarray) -> str:
    """Return a sentence on which CRS the numbers could be in, "" when they do not tell."""
    good = np.isfinite(x) & np.isfinite(y)
    if not good.any():
        return ""
    east, north = float(np.median(x[good])), float(np.median(y[good]))
    if looks_swapped(np.array([east]), np.array([north]), geographic=abs(north) <= 180)[0]:
        east, north = north, east
    if _LON[0] <= east <= _LON[1] and _LAT[0] <= north <= _LAT[1]:
        return translate(
            "Wangge", "The numbers look like degrees: probably EPSG:4490 (CGCS2000) or EPSG:4326."
        )
    zone = int(east // 1e6)
    if 25 <= zone <= 45 and _NORTHING[0] <= north <= _NORTHING[1]:
        return translate(
            "Wangge",
            "The eastings begin with the zone number {zone}: probably EPSG:{epsg} (CGCS2000, "
            "three-degree zone).",
        ).format(zone=zone, epsg=4488 + zone)
    if _EASTING[0] <= east <= _EASTING[1] and _NORTHING[0] <= north <= _NORTHING[1]:
        return translate(
            "Wangge",
            "The numbers look like metres of a three-degree zone without zone number "
            "(EPSG:4534 to EPSG:4554) or of a city's own system.",
        )
    return ""


def from_wkt(values: np.ndarray) -> np.ndarray:
    """Read geometry texts in bulk; None where a text is none."""
    texts = np.array([None if v is None else str(v) for v in values], dtype=object)
    try:
        return shapely.from_wkt(texts, on_invalid="ignore")
    except (NotImplementedError, shapely.errors.ShapelyError):
        pass
    # Curves make the bulk call fail as a whole.
    geometry = np.full(len(texts), None, dtype=object)
    for i, text in enumerate(texts):
        try:
            geometry[i] = shapely.from_wkt(text, on_invalid="ignore")
        except (NotImplementedError, shapely.errors.ShapelyError):
            continue
    return geometry


def is_geographic(crs: str, x: np.ndarray, y: np.ndarray) -> bool:
    """Return True when the CRS is one of degrees, judged by its text, else by the numbers."""
    text = crs.strip().upper()
    if text in {"EPSG:4326", "EPSG:4490", "OGC:CRS84", "EPSG:4214", "EPSG:4610"}:
        return True
    if text.startswith(("GEOGCS", "GEOGCRS", "GEODCRS")):
        return True
    if text.startswith(("PROJCS", "PROJCRS", "COMPD_CS[", "LOCAL_CS", "ENGCRS", "ENGINEERING")):
        return False
    return guess_geographic(x, y)
