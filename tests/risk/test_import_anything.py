"""Whatever stands in the cells: no row gets lost, nothing breaks."""

from datetime import date, datetime

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point
from wangge.plugin.risk.intake.address_index import AddressIndex
from wangge.plugin.risk.intake.headings import known_headings
from wangge.plugin.risk.intake.importer import import_sheets
from wangge.plugin.risk.intake.placing import Places
from wangge.plugin.risk.intake.sheets import Sheet
from wangge.plugin.risk.schemes import LEVELS
from wangge.plugin.rules.batch import make_batch

PLACES = Places(
    crs="EPSG:4544",
    addresses=AddressIndex(
        make_batch(
            {"address_code": ["A1", "A2"], "address_name": ["建设路1号", "建设路2号"]},
            [Point(1, 1), Point(2, 2)],
        )
    ),
    from_degrees=lambda x, y: (x * 1e5, y * 1e5),
)

cells = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.sampled_from(
        [
            *(
                "红",
                "重大风险",
                "建设路1号",
                "建设路 1 号",
                "合计",
                "注：",
                "一、桥梁",
                "6分",
                "2026-13-45",
            ),
            *(106.5, 29.5, "106°30′", "R1", 3, 6, 15, "风险点", "地址", date(2026, 1, 1)),
            datetime(2026, 1, 1),
        ]
    ),
)
headings = st.sampled_from(sorted(known_headings()))


@st.composite
def sheets(draw):
    width = draw(st.integers(2, 9))
    extra = draw(st.lists(headings, min_size=width - 2, max_size=width - 2))
    rows = [("清单",)] * draw(st.integers(0, 2))
    rows.append(("风险点", "地址", *extra))
    rows += draw(st.lists(st.tuples(*[cells] * width), max_size=12))
    merged = draw(
        st.frozensets(st.tuples(st.integers(0, len(rows)), st.integers(0, width)), max_size=6)
    )
    return Sheet(draw(st.sampled_from(["桥梁", "Sheet1", ""])), tuple(rows), merged)


@settings(max_examples=120)
@given(sheets())
def test_every_row_is_accounted_for_whatever_it_holds(sheet):
    result = import_sheets([sheet], places=PLACES)
    (count,) = result.counts
    assert count.accounted == count.rows == len(sheet.rows)
    assert len(result.risks) == count.imported == len(result.places)
    assert len(result.rejected) == count.rejected
    assert all(result.rejected.fields["reason"])
    assert not shapely.is_missing(result.risks.geometry).any()
    assert set(result.risks.fields["level"]) <= set(LEVELS)
    assert not np.isinf(result.risks.fields["score"]).any()
    codes = result.risks.fields["risk_code"].tolist()
    assert len(set(codes)) == len(codes)
    places = {i.row for i in result.issues}
    assert places <= set(range(1, len(sheet.rows) + 1))
