"""Small layers for the platform, and a look at what it holds."""

import numpy as np
import psycopg2
import shapely
from wangge.plugin.rules.batch import Batch
from wangge.plugin.standards.layers import LAYERS

CRS = "EPSG:4547"


def _texts(values):
    column = np.empty(len(values), object)
    column[:] = values
    return column


def make_components(count=5, *, district="500112", first=0, **columns):
    """Points with every field of the layer filled in a way that tells rows apart."""
    numbers = range(first, first + count)
    fields = {
        "component_code": _texts([f"{district}01001{i:06d}" for i in numbers]),
        "component_name": _texts([("上水井盖", "路灯", "果皮箱")[i % 3] for i in numbers]),
        "class_code": _texts(["01001"] * count),
        "authority_code": _texts([None if i % 7 == 6 else "11500112009999999X" for i in numbers]),
        "grid_code": _texts([f"{district}001002{i % 9 + 1:03d}" for i in numbers]),
        "community_code": _texts([f"{district}001002"] * count),
        "status": _texts(["完好"] * count),
        "first_date": np.array(["2024-02-29"] * count, "M8[D]"),
        "changed_date": np.array(["NaT" if i % 2 else "2025-01-01" for i in numbers], "M8[D]"),
        "accuracy": _texts(["A"] * count),
        "note": _texts([f"备注“{i}”\\n\t'; DROP TABLE wangge.component; --" for i in numbers]),
        "surveyed_at": np.array(["2024-05-06T07:08:09.123"] * count, "M8[ms]"),
    }
    fields.update({name: _column(values) for name, values in columns.items()})
    shapes = shapely.points([500000.25 + i for i in numbers], [3270000.5] * count)
    return Batch(fields, np.asarray(shapes, object), np.arange(1, count + 1), CRS)


def make_grids(count=3, *, district="500112", community="001002", **columns):
    fields = {
        "grid_code": _texts([f"{district}{community}{i + 1:03d}" for i in range(count)]),
        "community_code": _texts([f"{district}{community}"] * count),
        "area_m2": np.full(count, 10000.0),
        "start_date": np.array(["2024-01-01"] * count, "M8[D]"),
        "end_date": np.array(["NaT"] * count, "M8[D]"),
        "load": np.where(np.arange(count) % 2, np.nan, 0.1),
    }
    fields.update({name: _column(values) for name, values in columns.items()})
    shapes = [shapely.box(i * 100, 0, i * 100 + 100, 100) for i in range(count)]
    return Batch(fields, np.array(shapes, object), np.arange(1, count + 1), CRS)


def make_risks(count=3, *, community="500112001002", **columns):
    fields = {
        "risk_code": _texts([f"FX{i:04d}" for i in range(count)]),
        "risk_name": _texts([f"化粪池 {i}" for i in range(count)]),
        "level": _texts([("red", "orange", "yellow", "blue")[i % 4] for i in range(count)]),
        "score": np.linspace(1.0, 400.0, count),
        "community_code": _texts([community] * count),
    }
    fields.update({name: _column(values) for name, values in columns.items()})
    shapes = shapely.points(np.arange(count, dtype=float), np.zeros(count))
    return Batch(fields, np.asarray(shapes, object), np.arange(1, count + 1), CRS)


def _column(values):
    if isinstance(values, np.ndarray):
        return values
    if all(v is None or isinstance(v, str) for v in values):
        return _texts(values)
    return np.array(values)


SPECS = LAYERS


def read_rows(url, table, columns="*", order="1"):
    """Rows as another client sees them."""
    with psycopg2.connect(url) as connection:
        cursor = connection.cursor()
        cursor.execute(f"SELECT {columns} FROM wangge.{table} ORDER BY {order}")  # noqa: S608
        rows = cursor.fetchall()
    connection.close()
    return rows


def picture(url, kind="component"):
    """Everything a layer says, without the marks of batches."""
    key = SPECS[kind].key
    return {
        row[0]: row[1:]
        for row in read_rows(
            url, f"{kind} t", f"{key}, to_jsonb(t) - 'batch_id' - 'row_hash', district_code"
        )
    }
