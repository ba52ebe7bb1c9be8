import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from wangge.plugin.census.grid_codes import migrate_unit_grids, widen_grid_codes
from wangge.plugin.census.migration import (
    CANDIDATES,
    KIND,
    RETIRE,
    Rule,
    decide_by_rules,
    decide_rows,
    migrate_standard,
    with_new_codes,
)
from wangge.plugin.census.numbering import number_components
from wangge.plugin.errors import WanggeError
from wangge.plugin.rules.batch import make_batch
from wangge.plugin.standards.classes import class_table
from wangge.plugin.standards.component_class import Subclass
from wangge.plugin.standards.crosswalk import crosswalk

GRID_14 = "50011200100101"


def make_components(*classes, notes=None):
    n = len(classes)
    return make_batch(
        {
            "component_code": [f"500112{c or '0101'}{i + 1:06d}" for i, c in enumerate(classes)],
            "class_code": list(classes),
            "component_name": ["x"] * n,
            "grid_code": [GRID_14] * n,
            "note": notes or [None] * n,
            "uuid": [f"u{i}" for i in range(n)],
        },
        [shapely.Point(i, i) for i in range(n)],
        crs="EPSG:4547",
    )


def test_same_and_renamed_classes_go_through_with_name_standard_and_grid():
    result = migrate_standard(make_components("0101", "0102"), "2007")
    batch = result.migrated
    assert list(batch.fields["class_code"]) == ["01001", "01002"]
    assert list(batch.fields["component_name"]) == ["供水井盖", "污水井盖"]
    assert set(batch.fields["standard"]) == {"gbt47678_5_2026"}
    assert set(batch.fields["grid_code"]) == {"500112001001001"}
    assert result.is_complete
    assert (result.counts["renamed"], result.counts["same"]) == (1, 1)


def test_the_class_is_taken_from_the_code_where_it_is_blank():
    result = migrate_standard(make_components(None), "2007")
    assert list(result.migrated.fields["class_code"]) == ["01001"]


def test_split_manual_and_ended_classes_wait_with_their_candidates():
    result = migrate_standard(make_components("0117", "0306", "0601", "2101", "0101"), "2007")
    assert list(result.review.fields[KIND]) == ["split", "manual", "none", "unknown"]
    assert result.review.fields[CANDIDATES][0].split()[0] == "01030"
    assert list(result.review.ids) == [1, 2, 3, 4]
    assert len(result.migrated) == 1


def test_rules_decide_in_order_and_leave_the_rest():
    components = make_components("0117", "0117", "0117", notes=["电力杆", "通信杆", None])
    rules = [
        Rule("0117", "01031", "note", "通信"),
        Rule("0117", "01030", "note", "杆"),
    ]
    result = migrate_standard(components, "2007", rules=rules)
    assert list(result.migrated.fields["class_code"]) == ["01030", "01031"]
    assert list(result.review.ids) == [3]
    assert result.counts["decided"] == 2


def test_rules_name_the_citys_own_subclasses():
    classes = class_table("2026").with_extensions(
        subclasses=[
            Subclass("0100102", "01001", "供水水表井盖"),
            Subclass("0103401", "01034", "旗杆"),
        ]
    )
    components = make_components("0101", "0101", "0117", "0102", notes=["水表", None, None, "水表"])
    rules = [Rule("0101", "0100102", "note", "水表"), Rule("0117", "0103401")]
    result = migrate_standard(components, "2007", classes=classes, rules=rules)
    found = dict(
        zip(
            result.migrated.ids.tolist(),
            zip(
                result.migrated.fields["class_code"].tolist(),
                result.migrated.fields["subclass_code"].tolist(),
                strict=True,
            ),
            strict=True,
        )
    )
    assert found == {
        1: ("01001", "0100102"),
        2: ("01001", None),
        3: ("01034", "0103401"),
        4: ("01002", None),
    }
    assert result.migrated.fields["component_name"][2] is not None
    assert result.is_complete


def test_rows_are_decided_one_by_one_or_retired():
    start = migrate_standard(make_components("0117", "0601", "0306"), "2007")
    result = decide_rows(start, {1: "01034", 2: RETIRE})
    assert list(result.migrated.fields["class_code"]) == ["01034"]
    assert list(result.retired.fields["component_code"]) == ["5001120601000002"]
    assert list(result.lineage.fields["operation"]) == ["decided", "retired"]
    assert list(result.review.ids) == [3]
    with pytest.raises(WanggeError, match="Row 1 is not in review"):
        decide_rows(result, {1: "01034"})


def test_a_decision_for_a_class_that_is_not_there_is_refused():
    start = migrate_standard(make_components("0117"), "2007")
    with pytest.raises(WanggeError, match="99999"):
        decide_rows(start, {1: "99999"})
    with pytest.raises(WanggeError, match="0117"):
        decide_by_rules(start, [Rule("0117", "0117")])


def test_old_codes_are_kept_as_lineage_of_the_new_ones():
    result = migrate_standard(make_components("0101", "0101"), "2007")
    numbers = number_components(result.migrated)
    result = with_new_codes(result, numbers.codes)
    assert list(result.lineage.fields["old_code"]) == ["5001120101000001", "5001120101000002"]
    assert list(result.lineage.fields["new_code"]) == ["50011201001000001", "50011201001000002"]


def test_2013_goes_to_2026_by_a_zero():
    result = migrate_standard(make_components("0101"), "2013")
    assert list(result.migrated.fields["class_code"]) == ["01001"]


def test_the_way_back_is_refused():
    with pytest.raises(WanggeError, match="no crosswalk"):
        migrate_standard(make_components("01001"), "2026", "2007")


@given(
    st.lists(st.sampled_from([*crosswalk("2007"), "2101", "xx", ""]), min_size=0, max_size=30),
    st.lists(st.sampled_from(["01030", "01034", RETIRE]), max_size=3),
)
def test_no_row_is_lost_or_doubled(classes, choices):
    components = (
        make_components(*classes) if classes else make_components("0101").take(np.array([], int))
    )
    rules = [Rule(c, new) for c, new in zip(["0117", "0601", "0306"], choices, strict=False)]
    result = migrate_standard(components, "2007", rules=rules)
    out = [*result.migrated.ids, *result.review.ids, *result.retired.ids]
    assert sorted(out) == list(components.ids)
    assert sorted(result.lineage.ids) == sorted([*result.migrated.ids, *result.retired.ids])
    kinds = ("same", "renamed", "split", "manual", "none", "unknown")
    assert sum(result.counts[k] for k in kinds) == len(classes)


def test_grid_codes_of_14_digits_are_widened_and_the_rest_left():
    codes = np.array([GRID_14, "500112001001001", None, "x"], dtype=object)
    assert list(widen_grid_codes(codes)) == ["500112001001001", "500112001001001", None, "x"]


def test_grids_keep_a_lineage_and_a_clash_is_refused():
    cells = [shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)]
    grids = make_batch({"grid_code": [GRID_14, "50011200100102"]}, cells)
    wide, lineage = migrate_unit_grids(grids, date=np.datetime64("2026-07-01"))
    assert list(wide.fields["grid_code"]) == ["500112001001001", "500112001001002"]
    assert list(lineage.fields["old_code"]) == [GRID_14, "50011200100102"]
    assert lineage.fields["date"][0] == np.datetime64("2026-07-01")
    mixed = make_batch({"grid_code": [GRID_14, "500112001001001"]}, cells)
    with pytest.raises(WanggeError, match="500112001001001"):
        migrate_unit_grids(mixed, date=np.datetime64("2026-07-01"))
