import json

import numpy as np
import pytest
import shapely
from wangge.plugin.census.merge import (
    Entry,
    Kind,
    Ledger,
    Resolution,
    Return,
    apply,
    choose,
    content_hash,
    difference,
    merge,
    resolve,
    undo,
)
from wangge.plugin.census.merge.changes import Changes
from wangge.plugin.errors import WanggeError
from wangge.plugin.rules.batch import Batch, make_batch


def make_layer(rows, ids=None):
    """Rows: uuid -> (status, note, x)."""
    batch = make_batch(
        {
            "uuid": list(rows),
            "class_code": ["01001"] * len(rows),
            "component_code": [None] * len(rows),
            "status": [r[0] for r in rows.values()],
            "note": [r[1] for r in rows.values()],
            "first_date": np.array(["2026-07-01"] * len(rows), dtype="datetime64[D]"),
        },
        [shapely.Point(r[2], 0) for r in rows.values()],
        crs="EPSG:4547",
    )
    if ids is not None:
        batch = Batch(batch.fields, batch.geometry, np.array(ids, dtype=np.int64), batch.crs)
    return batch


BASE = {"a": ("完好", None, 0), "b": ("完好", "x", 100), "c": ("完好", None, 200)}


def rows_of(batch):
    return {
        u: (s, n, g.x)
        for u, s, n, g in zip(
            batch.fields["uuid"],
            batch.fields["status"],
            batch.fields["note"],
            batch.geometry,
            strict=True,
        )
    }


def merged(field, office, base=BASE, **options):
    return merge(
        make_layer(base), make_layer(field), make_layer(office), package_id="P1", **options
    )


def kinds_of(result):
    return sorted(result.conflicts.fields["kind"])


def test_what_one_side_changed_is_taken_attribute_by_attribute():
    field = {**BASE, "a": ("破损", None, 0), "b": ("完好", "x", 101)}
    office = {**BASE, "a": ("完好", "路口", 0), "c": ("移除", None, 200)}
    result = merged(field, office)
    assert rows_of(result.office) == {
        "a": ("破损", "路口", 0),
        "b": ("完好", "x", 101),
        "c": ("移除", None, 200),
    }
    assert len(result.conflicts) == 0
    assert result.counts["updated"] == 2


def test_what_both_changed_alike_is_no_conflict():
    both = {**BASE, "a": ("破损", None, 0)}
    result = merged(both, both)
    assert rows_of(result.office) == both
    assert (result.counts["identical"], result.counts["updated"]) == (1, 0)
    assert not result.changes


def test_what_both_changed_differently_waits_with_all_three_values():
    field = {**BASE, "a": ("破损", None, 0.5)}
    office = {**BASE, "a": ("丢失", None, 0.7)}
    result = merged(field, office)
    assert rows_of(result.office) == office
    assert kinds_of(result) == ["attribute", "geometry"]
    row = result.conflicts.take(result.conflicts.fields["kind"] == "attribute")
    assert [
        row.fields[n][0] for n in ("uuid", "field", "base_value", "field_value", "office_value")
    ] == [
        "a",
        "status",
        "完好",
        "破损",
        "丢失",
    ]


def test_blank_and_null_are_the_same_and_no_change():
    field = {**BASE, "a": ("完好", "", 0)}
    result = merged(field, {**BASE, "a": ("完好", "neu", 0)})
    assert rows_of(result.office)["a"] == ("完好", "neu", 0)
    assert not result.changes


def test_a_clean_deletion_is_carried_out_and_one_against_an_edit_waits():
    field = {"c": BASE["c"]}
    office = {**BASE, "b": ("破损", "x", 100)}
    result = merged(field, office)
    assert set(rows_of(result.office)) == {"b", "c"}
    assert kinds_of(result) == [Kind.FIELD_DELETED.value]
    assert result.counts["deleted"] == 1


def test_an_edit_of_a_row_that_the_office_deleted_waits():
    field = {**BASE, "a": ("破损", None, 0)}
    result = merged(field, {"b": BASE["b"], "c": BASE["c"]})
    assert "a" not in rows_of(result.office)
    assert kinds_of(result) == [Kind.OFFICE_DELETED.value]
    settled = resolve(result.office, choose(result.conflicts, rules=[Resolution("field")]))
    assert rows_of(settled.office)["a"] == ("破损", None, 0)
    assert len(settled.open) == 0


def test_new_rows_come_in_unless_one_of_the_class_lies_close_by():
    field = {**BASE, "n1": ("完好", None, 50), "n2": ("完好", None, 150.5)}
    office = {**BASE, "o": ("完好", None, 150)}
    result = merged(field, office)
    assert set(rows_of(result.office)) == {"a", "b", "c", "o", "n1"}
    assert list(result.conflicts.fields["kind"]) == ["near_duplicate"]
    assert list(result.conflicts.fields["other_uuid"]) == ["o"]


def test_what_lies_outside_the_package_waits():
    area = np.array([shapely.box(-10, -10, 210, 10)])
    field = {**BASE, "n": ("完好", None, 500), "o": ("破损", None, 120)}
    office = {**BASE, "o": ("完好", None, 120)}
    result = merged(field, office, area=area)
    assert kinds_of(result) == ["outside", "outside"]
    settled = resolve(result.office, choose(result.conflicts, rules=[Resolution("field")]))
    assert rows_of(settled.office)["n"] == ("完好", None, 500)
    assert rows_of(settled.office)["o"] == ("破损", None, 120)


def test_a_copied_row_with_the_uuid_of_another_is_kept_as_a_conflict():
    base = make_layer(BASE, ids=[1, 2, 3])
    copy = make_layer({**BASE, "z": ("完好", "Kopie", 30)}, ids=[1, 2, 3, 4])
    copy = copy.with_fields(uuid=np.array(["a", "b", "c", "a"], dtype=object)).take(
        np.array([3, 0, 1, 2])
    )
    office = make_layer(BASE)
    result = merge(base, copy, office, package_id="P1")
    assert rows_of(result.office) == BASE
    assert kinds_of(result) == ["same_uuid"]
    settled = resolve(office, choose(result.conflicts, rules=[Resolution("field")]))
    assert len(settled.office) == 4
    assert len(set(settled.office.fields["uuid"])) == 4
    assert len(merge(base, copy, settled.office, package_id="P1").conflicts) == 0


def test_a_new_row_without_uuid_gets_the_same_one_each_time():
    field = make_layer({**BASE, None: ("完好", None, 50)}, ids=[1, 2, 3, 9])
    office = make_layer(BASE)
    once = merge(make_layer(BASE), field, office, package_id="P1")
    twice = merge(make_layer(BASE), field, once.office, package_id="P1")
    assert once.counts["inserted"] == 1
    assert twice.counts["inserted"] == 0
    assert content_hash(twice.office) == content_hash(once.office)


def test_a_new_row_with_a_code_in_use_waits_and_is_numbered_anew():
    office = make_layer({**BASE, "o": ("完好", None, 400)})
    code = "50011201001000001"
    office = office.with_fields(component_code=np.array([None, None, None, code], dtype=object))
    field = make_layer({**BASE, "n": ("完好", None, 50)})
    field = field.with_fields(component_code=np.array([None, None, None, code], dtype=object))
    result = merge(make_layer(BASE), field, office, package_id="P1")
    assert kinds_of(result) == ["same_code"]
    settled = resolve(result.office, choose(result.conflicts, rules=[Resolution("field")]))
    assert settled.office.fields["component_code"][-1] is None


def test_conflicts_are_settled_one_by_one_first_then_by_rule():
    field = {**BASE, "a": ("破损", "F", 0), "b": ("破损", "x", 100)}
    office = {**BASE, "a": ("丢失", "O", 0), "b": ("移除", "x", 100)}
    result = merged(field, office)
    by_row = {
        row["conflict_id"]: "office"
        for row in (
            {n: result.conflicts.fields[n][i] for n in ("conflict_id", "uuid", "field")}
            for i in range(len(result.conflicts))
        )
        if (row["uuid"], row["field"]) == ("b", "status")
    }
    rules = [Resolution("field", kind="attribute", field="status")]
    settled = resolve(result.office, choose(result.conflicts, rules=rules, rows=by_row))
    assert rows_of(settled.office)["a"] == ("破损", "O", 0)
    assert rows_of(settled.office)["b"] == ("移除", "x", 100)
    assert list(settled.open.fields["field"]) == ["note"]


def test_a_decision_on_a_value_that_changed_since_is_not_carried_out():
    result = merged({**BASE, "a": ("破损", None, 0)}, {**BASE, "a": ("丢失", None, 0)})
    conflicts = choose(result.conflicts, rules=[Resolution("field")])
    later = make_layer({**BASE, "a": ("移除", None, 0)})
    settled = resolve(later, conflicts)
    assert rows_of(settled.office)["a"] == ("移除", None, 0)
    assert len(settled.open) == 1


def test_an_unknown_choice_is_refused():
    with pytest.raises(WanggeError, match="nobody"):
        Resolution("nobody")


def test_a_deletion_settled_for_the_field_removes_the_row():
    result = merged({"b": BASE["b"], "c": BASE["c"]}, {**BASE, "a": ("破损", None, 0)})
    settled = resolve(result.office, choose(result.conflicts, rules=[Resolution("field")]))
    assert set(rows_of(settled.office)) == {"b", "c"}
    assert rows_of(undo(settled.office, settled.changes).office)["a"] == ("破损", None, 0)


def test_a_whole_merge_with_its_decisions_is_undone():
    field = {"a": ("破损", None, 1), "b": ("丢失", "x", 100), "n": ("完好", None, 50)}
    office = {**BASE, "b": ("移除", "x", 100)}
    result = merged(field, office)
    settled = resolve(result.office, choose(result.conflicts, rules=[Resolution("field")]))
    assert rows_of(settled.office) == {**field}
    changes = Changes.from_json(
        json.loads(json.dumps(result.changes.then(settled.changes).to_json()))
    )
    back = undo(settled.office, changes)
    assert content_hash(back.office) == content_hash(make_layer(office))
    assert back.kept == ()


def test_an_undo_spares_what_was_changed_afterwards():
    result = merged({**BASE, "a": ("破损", "neu", 0)}, BASE)
    rows = rows_of(result.office)
    rows["a"] = ("移除", "neu", 0)
    back = undo(make_layer(rows), result.changes)
    assert rows_of(back.office)["a"] == ("移除", None, 0)
    assert back.kept == ("a",)


def test_missing_and_extra_fields_are_told():
    field = make_layer({**BASE, "a": ("破损", None, 0)})
    field = field.with_fields(colour=np.array(["rot", None, None], dtype=object))
    fields = {k: v for k, v in field.fields.items() if k != "note"}
    field = Batch(fields, field.geometry, field.ids, field.crs)
    result = merge(make_layer(BASE), field, make_layer(BASE), package_id="P1")
    assert any("note" in w for w in result.warnings)
    assert any("colour" in w for w in result.warnings)
    assert rows_of(result.office)["b"] == ("完好", "x", 100)


def test_a_layer_with_a_uuid_twice_is_refused():
    office = make_layer(BASE).with_fields(uuid=np.array(["a", "a", "c"], dtype=object))
    with pytest.raises(WanggeError, match="uuid a"):
        merge(make_layer(BASE), make_layer(BASE), office, package_id="P1")


def test_the_ledger_knows_what_came_back_twice_or_edited():
    field = make_layer({**BASE, "a": ("破损", None, 0)})
    result = merge(make_layer(BASE), field, make_layer(BASE), package_id="P1")
    ledger = Ledger().with_merge("P1", content_hash(field), "2026-07-01T08:00", result.changes)
    ledger = Ledger(tuple(Entry.from_json(e.to_json()) for e in ledger.entries))
    shuffled = field.take(np.array([2, 0, 1]))
    assert ledger.status("P1", content_hash(shuffled)) is Return.MERGED
    edited = make_layer({**BASE, "a": ("丢失", None, 0)})
    assert ledger.status("P1", content_hash(edited)) is Return.EDITED
    assert ledger.status("P2", content_hash(edited)) is Return.NEW
    ledger, entry = ledger.without("P1")
    assert rows_of(undo(result.office, entry.changes).office) == BASE
    assert ledger.status("P1", content_hash(field)) is Return.UNDONE
    with pytest.raises(WanggeError, match="nothing to undo"):
        ledger.without("P1")


def test_a_package_edited_after_its_return_is_merged_against_what_it_was():
    first = make_layer({**BASE, "a": ("破损", None, 0)})
    office = merge(make_layer(BASE), first, make_layer(BASE), package_id="P1").office
    second = make_layer({**BASE, "a": ("丢失", None, 0)})
    result = merge(first, second, office, package_id="P1")
    assert rows_of(result.office)["a"][0] == "丢失"
    assert len(result.conflicts) == 0


def test_packages_of_several_teams_come_in_one_after_the_other():
    one = {"a": ("破损", None, 0), "n": ("完好", None, 50)}
    two = {"b": ("丢失", "x", 100)}
    office = make_layer(BASE)
    for key, base, field in (("P1", "a", one), ("P2", "b", two)):
        office = merge(
            make_layer({base: BASE[base]}), make_layer(field), office, package_id=key
        ).office
    assert rows_of(office) == {**BASE, **one, **two}


def test_what_came_back_is_known_again_from_its_difference():
    field = make_layer({"a": ("破损", None, 7), "n": ("完好", "neu", 50), "c": BASE["c"]})
    changes = Changes.from_json(difference(make_layer(BASE), field).to_json())
    assert rows_of(apply(make_layer(BASE), changes)) == rows_of(field)


def test_a_copy_that_was_accepted_is_merged_like_other_rows():
    def copied(status):
        rows = make_layer({**BASE, "copy": (status, None, 30)}, ids=[1, 2, 3, 9])
        return rows.with_fields(uuid=np.array(["a", "b", "c", "a"], dtype=object))

    first = merge(make_layer(BASE), copied("完好"), make_layer(BASE), package_id="P1")
    assert list(first.conflicts.fields["kind"]) == ["same_uuid"]
    office = resolve(first.office, choose(first.conflicts, rules=[Resolution("field")])).office
    assert len(office) == 4
    again = merge(make_layer(BASE), copied("破损"), office, package_id="P1")
    assert not again.changes
    assert list(again.conflicts.fields["kind"]) == ["outside"]
    assert '"破损"' in again.conflicts.fields["field_value"][0]
