"""Small districts as tasks."""

import numpy as np
import shapely
from wangge.plugin.districts.model import DistrictTask, JobKind
from wangge.plugin.rules.batch import make_batch

CRS = "EPSG:4547"


def make_district_task(code="500112", kind=JobKind.PARTITION, x=0.0, **options):
    """A community of 400 × 300 m with a street cross, ready to be cut."""
    community = shapely.box(x, 0, x + 400, 300)
    streets = [
        shapely.LineString([(x, 150), (x + 400, 150)]),
        shapely.LineString([(x + 200, 0), (x + 200, 300)]),
    ]
    layers = {
        "community": make_batch(
            {"community_code": [f"{code}001002"], "community_name": ["桂花"]},
            [community],
            crs=CRS,
        ),
        "barrier": make_batch({}, streets, crs=CRS),
    }
    settings = {"target_area": 10_000.0, "seed": 0, "effort": 0.0, **options}
    return DistrictTask(kind, code, layers, settings)


def same_rows(one, other):
    """Whether two outcomes brought the same cells."""
    a, b = one.answer.rows, other.answer.rows
    return (
        list(a.fields) == list(b.fields)
        and a.text("grid_code").tolist() == b.text("grid_code").tolist()
        and bool(shapely.equals_exact(a.shapes, b.shapes, 0.0).all())
        and np.array_equal(a.fields["area_m2"], b.fields["area_m2"])
    )
