"""Small layers to exchange, and a look at what arrived."""

import numpy as np
import shapely
from wangge.plugin.database.exchange.arrival import import_package
from wangge.plugin.database.exchange.columns import Column, Table
from wangge.plugin.database.exchange.geopackage import read
from wangge.plugin.rules.batch import Batch, concatenate
from wangge.plugin.standards.spec import FieldType

CRS = "EPSG:4547"
TYPES = {
    "TEXT": FieldType.TEXT,
    "INTEGER": FieldType.INTEGER,
    "REAL": FieldType.REAL,
    "DATE": FieldType.DATE,
    "DATETIME": FieldType.DATETIME,
}


def texts(*values):
    return np.array([*values, None], object)[:-1]


def make_cases(*rows):
    """Cases from (grid, state, source, department, class) tuples; no times but the first."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * 5
    n = len(rows)
    days = np.array("2026-01-01", "M8[ms]") + np.arange(n) * np.timedelta64(1, "D")
    fields = {
        "case_code": texts(*(f"AJ{i}" for i in range(n))),
        "case_type": texts(*["component" if i % 2 else "matter" for i in range(n)]),
        "grid_code": texts(*columns[0]),
        "state": texts(*columns[1]),
        "source": texts(*columns[2]),
        "department_code": texts(*columns[3]),
        "class_code": texts(*columns[4]),
        "reported_at": days.astype("M8[ms]"),
    }
    shapes = np.asarray(shapely.points(np.arange(n, dtype=float), np.zeros(n)), object)
    return Batch(fields, shapes, np.arange(1, n + 1), CRS)


def make_communities(*codes):
    fields = {
        "community_code": texts(*codes),
        "community_name": texts(*(f"社区{c[-3:]}" for c in codes)),
        "street_code": texts(*(c[:9] for c in codes)),
        "street_name": texts(*(f"街道{c[6:9]}" for c in codes)),
        "district_code": texts(*(c[:6] for c in codes)),
        "district_name": texts(*(f"区{c[:6]}" for c in codes)),
    }
    shapes = np.array([shapely.box(k, 0, k + 1, 1) for k in range(len(codes))], object)
    return Batch(fields, shapes, np.arange(1, len(codes) + 1), CRS)


def make_departments(*codes):
    fields = {
        "department_code": texts(*codes),
        "department_name": texts(*(f"部门{c}" for c in codes)),
    }
    return Batch(fields, None, np.arange(1, len(codes) + 1))


def arrived(folder, output, category, **options):
    """Import a package and return a category's rows, ordered by their keys."""
    imported = import_package(folder, output, **options)
    content = imported.manifest.content(category)
    columns = tuple(Column(c.name, c.name, c.type) for c in content.table.columns)
    table = content.table
    mine = Table(category, "", columns, table.keys, table.has_shapes, table.crs)
    found = list(read(output, mine, 1000))
    if not found:
        return None
    rows = concatenate(found)
    return rows.take(np.argsort(rows.text(table.keys[0]), kind="stable"))


def rows_of(batch, *names):
    """Rows as tuples of plain values, None for null."""
    columns = []
    for name in names:
        values = batch.fields[name]
        plain = values.astype(str).tolist() if values.dtype.kind == "M" else values.tolist()
        empty = batch.is_null(name).tolist()
        columns.append([None if e else v for e, v in zip(empty, plain, strict=True)])
    return list(zip(*columns, strict=True))
