"""Random histories of base, field and office: nothing is ever lost silently."""

import json
import os

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from wangge.plugin.census.merge import content_hash, merge, undo
from wangge.plugin.rules.batch import Batch

ATTRIBUTES = ("status", "note")
VALUES = st.sampled_from(["完好", "破损", "丢失", None])
PLACES = st.integers(0, 12).map(lambda i: i * 0.6)
TEAMS = ("A", "B")


def make_layer(rows):
    """Rows: list of dicts with fid, uuid, status, note, x."""
    names = ("uuid", "class_code", *ATTRIBUTES)
    columns = {n: np.array([r.get(n, "01001") for r in rows], dtype=object) for n in names}
    shapes = np.array([shapely.Point(r["x"], 0) for r in rows], dtype=object)
    ids = np.array([r["fid"] for r in rows], dtype=np.int64)
    return Batch(columns, shapes, ids, "EPSG:4547")


def rows_of(batch):
    return {
        u: {"status": s, "note": n, "x": g.x}
        for u, s, n, g in zip(
            batch.fields["uuid"],
            batch.fields["status"],
            batch.fields["note"],
            batch.geometry,
            strict=True,
        )
    }


class Histories(RuleBasedStateMachine):
    @initialize(rows=st.lists(st.tuples(VALUES, VALUES, PLACES), min_size=1, max_size=5))
    def pack(self, rows):
        self.number = 0
        self.office = [self.make_row(*row, uuid=f"base{i}") for i, row in enumerate(rows)]
        # Rows may be in both packages, as those of a shared border are.
        self.base = {
            team: [{**r, "fid": n} for n, r in enumerate(self.office[start:], 1)]
            for start, team in enumerate(TEAMS)
        }
        self.field = {team: [dict(r) for r in rows] for team, rows in self.base.items()}

    def make_row(self, status, note, x, *, uuid):
        self.number += 1
        return {"fid": 1000 + self.number, "uuid": uuid, "status": status, "note": note, "x": x}

    def edit(self, rows, which, name, value):
        if rows:
            rows[which % len(rows)][name] = value

    @rule(
        where=st.sampled_from(["office", *TEAMS]),
        which=st.integers(0, 9),
        name=st.sampled_from(ATTRIBUTES),
        value=VALUES,
    )
    def change_attribute(self, where, which, name, value):
        self.edit(self.office if where == "office" else self.field[where], which, name, value)

    @rule(where=st.sampled_from(["office", *TEAMS]), which=st.integers(0, 9), x=PLACES)
    def move(self, where, which, x):
        self.edit(self.office if where == "office" else self.field[where], which, "x", x)

    @rule(where=st.sampled_from(["office", *TEAMS]), which=st.integers(0, 9))
    def delete(self, where, which):
        rows = self.office if where == "office" else self.field[where]
        if rows:
            del rows[which % len(rows)]

    @rule(
        where=st.sampled_from(["office", *TEAMS]),
        status=VALUES,
        note=VALUES,
        x=PLACES,
        named=st.booleans(),
    )
    def insert(self, where, status, note, x, named):
        rows = self.office if where == "office" else self.field[where]
        key = f"{where}{self.number}" if named or where == "office" else None
        rows.append(self.make_row(status, note, x, uuid=key))

    @rule(team=st.sampled_from(TEAMS), which=st.integers(0, 9))
    def copy(self, team, which):
        rows = self.field[team]
        if rows:
            self.number += 1
            rows.append({**rows[which % len(rows)], "fid": 1000 + self.number})

    def merged(self, team, office):
        return merge(
            make_layer(self.base[team]),
            make_layer(self.field[team]),
            office,
            package_id=team,
            near=0.5,
        )

    @invariant()
    def nothing_is_lost(self):
        for team in TEAMS:
            before = make_layer(self.office)
            result = self.merged(team, before)
            check_field(self.base[team], self.field[team], result)
            check_office(self.base[team], self.field[team], self.office, result)
            again = self.merged(team, result.office)
            assert content_hash(again.office) == content_hash(result.office)
            assert not again.changes
            assert list(again.conflicts.fields["conflict_id"]) == list(
                result.conflicts.fields["conflict_id"]
            )
            back = undo(result.office, result.changes)
            assert content_hash(back.office) == content_hash(before)
            assert back.kept == ()

    @invariant()
    def the_order_of_packages_does_not_matter_without_conflict(self):
        ends = []
        for order in (TEAMS, TEAMS[::-1]):
            office, conflicts = make_layer(self.office), 0
            for team in order:
                result = self.merged(team, office)
                office, conflicts = result.office, conflicts + len(result.conflicts)
            ends.append((conflicts, content_hash(office)))
        if ends[0][0] == ends[1][0] == 0:
            assert ends[0][1] == ends[1][1]


def check_field(base, field, result):
    """Each value that the field brought is merged or lies in a conflict."""
    was = {r["uuid"]: r for r in base}
    now = rows_of(result.office)
    conflicts = [
        {n: v[i] for n, v in result.conflicts.fields.items()} for i in range(len(result.conflicts))
    ]
    brought = [
        json.loads(c["field_value"]) for c in conflicts if (c["field_value"] or "")[:1] == "{"
    ]
    whole = [(v.get("status"), v.get("note"), shapely.from_wkb(v["geometry"]).x) for v in brought]
    disputed = {(c["uuid"], c["field"]) for c in conflicts}
    seen = set()
    for row in field:
        key = row["uuid"]
        content = (row["status"], row["note"], row["x"])
        if key in was and key not in seen and key in now:
            first = [r for r in field if r["uuid"] == key]
            row = next((r for r in first if r["fid"] == was[key]["fid"]), first[0])
            seen.add(key)
            for name in (*ATTRIBUTES, "x"):
                if row[name] != was[key][name]:
                    label = "geometry" if name == "x" else name
                    assert now[key][name] == row[name] or (key, label) in disputed
        elif content in whole:
            continue
        else:
            same = [v for v in now.values() if (v["status"], v["note"], v["x"]) == content]
            unchanged = key in was and all(row[n] == was[key][n] for n in (*ATTRIBUTES, "x"))
            # A copy of a row that is still there as it was merged, or one of the same content.
            assert same or unchanged or any(r is not row and r["uuid"] == key for r in field)


def check_office(base, field, office, result):
    """No value that the office changed is overwritten, and no row vanishes but by a clean deletion."""
    was = {r["uuid"]: r for r in base}
    back = {r["uuid"] for r in field}
    now = rows_of(result.office)
    for row in office:
        key = row["uuid"]
        changed = key not in was or any(row[n] != was[key][n] for n in (*ATTRIBUTES, "x"))
        if changed or key in back:
            assert key in now
            for name in (*ATTRIBUTES, "x"):
                if key not in was or row[name] != was[key][name]:
                    assert now[key][name] == row[name]


# `make test-histories` plays many more, round after round.
HISTORIES = int(os.environ.get("WANGGE_HISTORIES") or 0)
Histories.TestCase.settings = settings(
    max_examples=HISTORIES or 40,
    stateful_step_count=25 if HISTORIES else 12,
    deadline=None,
    database=None,
    phases=[Phase.generate, Phase.shrink] if HISTORIES else [Phase.generate],
    suppress_health_check=list(HealthCheck),
)
TestHistories = Histories.TestCase
if HISTORIES:
    TestHistories.pytestmark = [pytest.mark.timeout(0)]
