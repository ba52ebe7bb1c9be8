"""Points of a .shp read in bulk; other shapes are left to GDAL."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import shapely

from ...errors import WanggeError
from ...translation import translate

# Shape type -> length of a record's content in bytes: Point, PointZ, PointM.
_POINT_CONTENT = {1: 20, 11: 36, 21: 28}
_NULL = 0


def shape_type(path: Path) -> int:
    """Return the shape type in the header of a .shp; WanggeError when it is none."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise WanggeError(
            translate(
                "Wangge",
                "The file {file} cannot be read. Check that it exists, that you may read it and "
                "that no other program has locked it.",
            ).format(file=path),
            detail=str(error),
        ) from error
    if len(head) < 100 or struct.unpack(">i", head[:4])[0] != 9994:
        raise WanggeError(
            translate(
                "Wangge",
                "The file {file} is no shapefile, or only the beginning of one. Ask for the "
                "delivery again.",
            ).format(file=path.name)
        )
    return struct.unpack("<i", head[32:36])[0]


def is_point_type(kind: int) -> bool:
    """Return True for the shape types that `read_points` reads."""
    return kind in _POINT_CONTENT


def read_points(path: Path) -> np.ndarray:
    """Read all points of a .shp; null shapes are None.

    A truncated file gives the points up to the break.
    """
    kind = shape_type(path)
    stride = 8 + _POINT_CONTENT[kind]
    data = np.fromfile(path, np.uint8, offset=100)
    complete = data[: len(data) // stride * stride].reshape(-1, stride)
    lengths = complete[:, 4:8].copy().view(">i4").ravel() * 2
    kinds = complete[:, 8:12].copy().view("<i4").ravel()
    whole = len(complete) * stride == len(data)
    if whole and (lengths == stride - 8).all() and (kinds == kind).all():
        return shapely.points(complete[:, 12:28].copy().view("<f8"))
    return _walk(data.tobytes(), kind)


def _walk(data: bytes, kind: int) -> np.ndarray:
    # Null shapes are shorter, so their files have to be walked record by record.
    coordinates: list[tuple[float, float]] = []
    null: list[bool] = []
    position = 0
    while position + 12 <= len(data):
        length = struct.unpack_from(">i", data, position + 4)[0] * 2
        this = struct.unpack_from("<i", data, position + 8)[0]
        if length < 4 or position + 8 + length > len(data):
            break
        is_point = this == kind and length >= 20
        null.append(not is_point)
        xy = struct.unpack_from("<2d", data, position + 12) if is_point else (0.0, 0.0)
        coordinates.append(xy)
        position += 8 + length
    points = np.empty(len(coordinates), dtype=object)
    if coordinates:
        points[:] = shapely.points(np.array(coordinates))
        points[np.array(null)] = None
    return points
