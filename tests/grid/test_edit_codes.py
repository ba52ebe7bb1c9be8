import numpy as np
import pytest
from shapely import LineString
from wangge.plugin.errors import WanggeError
from wangge.plugin.grid.edit_codes import code_edit
from wangge.plugin.grid.editing import merge_cells, split_cell

X, Y = 500000, 3400000
CODE = "500112001001"
TODAY = np.datetime64("2026-11-21")


@pytest.fixture
def town(make_town):
    return make_town(3, 3, per_community=3)


def rows_of(coded):
    lineage = coded.lineage
    return {
        (o[12:], n[12:]): str(op)
        for o, n, op in zip(lineage.old_code, lineage.new_code, lineage.operation, strict=True)
    }


def test_a_split_takes_the_number_after_the_largest_ever_used(town):
    codes = [f"{CODE}{k + 1:03d}" for k in range(9)]
    edit = split_cell(town.cells, 4, LineString([(X + 130, Y + 90), (X + 130, Y + 210)]))
    coded = code_edit(edit, town.cells, codes, CODE, TODAY, retired=[CODE + "020"])
    assert coded.created_codes == (CODE + "021",)
    assert rows_of(coded) == {("005", "005"): "reshaped", ("005", "021"): "split"}
    assert coded.lineage.share.sum() == pytest.approx(1.0)
    assert coded.lineage.retired == ()


def test_a_merge_retires_the_smaller_and_needs_no_new_number(make_town):
    town = make_town(3, 1, per_community=3, skew=0.2, seed=1)
    codes = [CODE + "997", CODE + "998", CODE + "999"]
    larger = max((0, 1), key=lambda k: town.cells[k].area)
    coded = code_edit(merge_cells(town.cells, [0, 1], [0] * 3), town.cells, codes, CODE, TODAY)
    assert coded.created_codes == ()
    assert coded.lineage.retired == (codes[1 - larger],)
    assert set(rows_of(coded).values()) == {"reshaped", "merged"}


def test_an_edit_beyond_the_last_number_is_refused(town):
    codes = [f"{CODE}{k + 991:03d}" for k in range(9)]
    edit = split_cell(town.cells, 4, LineString([(X + 130, Y + 90), (X + 130, Y + 210)]))
    with pytest.raises(WanggeError, match="numbers end at 999"):
        code_edit(edit, town.cells, codes, CODE, TODAY)
