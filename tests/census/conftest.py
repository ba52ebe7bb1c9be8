import struct
from pathlib import Path

import pytest
import shapely
from wangge.plugin.census.intake.ogr import require_fiona

fiona = require_fiona()


def make_rows(n=3, **changes):
    """Rows as deliveries of 2007 carry them."""
    rows = []
    for i in range(n):
        row = {
            "ObjID": f"5001120101{i + 1:06d}",
            "ObjName": "上水井盖",
            "DeptCode1": "91500112MA5U000001",
            "DeptName1": "渝北区城市管理局",
            "BGID": "50011200100101",
            "ObjState": "完好",
            "ORDate": "20230501",
            "Note": "路口东侧",
        }
        rows.append({**row, **{k: v[i] if isinstance(v, list) else v for k, v in changes.items()}})
    return rows


@pytest.fixture
def delivery(tmp_path):
    """Return a function that writes a delivery with fiona and returns its path."""

    def write(
        name="普查.shp",
        rows=None,
        geometry=None,
        *,
        driver="ESRI Shapefile",
        crs="EPSG:4547",
        kind="Point",
        layer=None,
        **options,
    ):
        rows = make_rows() if rows is None else rows
        if geometry is None:
            geometry = [
                shapely.Point(36_400_000 % 1_000_000 + i, 3_280_000) for i in range(len(rows))
            ]
        schema = {
            "geometry": kind,
            "properties": dict.fromkeys(rows[0] if rows else ["a"], "str:80"),
        }
        path = tmp_path / name
        extra = {"layer": layer} if layer else {}
        with fiona.open(
            path, "w", driver=driver, schema=schema, crs=crs, **extra, **options
        ) as sink:
            for row, shape in zip(rows, geometry, strict=True):
                sink.write(
                    {
                        "type": "Feature",
                        "properties": row,
                        "geometry": None if shape is None else shape.__geo_interface__,
                    }
                )
        return path

    return write


@pytest.fixture
def write_dbf():
    """Return a function that writes a .dbf byte by byte."""

    def write(path: Path, fields: dict[str, int], rows: list[list[bytes]], *, ldid=0, deleted=()):
        record = 1 + sum(fields.values())
        header = 32 + 32 * len(fields) + 1
        data = struct.pack("<B3BIHH17xB2x", 3, 123, 1, 1, len(rows), header, record, ldid)
        for name, length in fields.items():
            raw = name.encode("gb18030")[:11].ljust(11, b"\0")
            data += raw + b"C" + bytes(4) + bytes([length, 0]) + bytes(14)
        data += b"\r"
        for i, row in enumerate(rows):
            data += b"*" if i in deleted else b" "
            data += b"".join(v[:n].ljust(n) for v, n in zip(row, fields.values(), strict=True))
        path.write_bytes(data + b"\x1a")
        return path

    return write
