"""Random histories of a real project: packages on disk, edited, merged, settled, taken back."""

import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from wangge.plugin.census.merge import Resolution, content_hash
from wangge.plugin.census.packages import WORK
from wangge.plugin.census.packages.geopackage import read_layer, write_layer
from wangge.plugin.census.project import merge_into_project, pack_project, undo_in_project
from wangge.plugin.census.project.store import _add_functions
from wangge.plugin.rules.batch import make_batch
from wangge.plugin.standards.component_history import HISTORY
from wangge.plugin.standards.layers import component_spec

TEAMS = {"500112001001001": "A", "500112001001002": "B"}
NAMES = ("status", "note")
VALUES = st.sampled_from(["完好", "破损", "丢失", None])
PLACES = st.integers(0, 19)


def blob(x):
    return b"GP\0\1" + (4547).to_bytes(4, "little") + shapely.to_wkb(shapely.Point(x * 10 + 5, 5))


class Projects(RuleBasedStateMachine):
    @initialize(rows=st.lists(st.tuples(VALUES, PLACES), min_size=2, max_size=5))
    def pack(self, rows):
        self.folder = Path(tempfile.mkdtemp(prefix="wangge-test-"))
        self.project = self.folder / "city.gpkg"
        self.number = 0
        grids = make_batch(
            {"grid_code": list(TEAMS)},
            [shapely.box(0, 0, 100, 10), shapely.box(100, 0, 200, 10)],
            crs="EPSG:4547",
        )
        components = make_batch(
            {
                "uuid": [f"u{i}" for i in range(len(rows))],
                "class_code": np.array(["01001"] * len(rows), dtype=object),
                "status": np.array([r[0] for r in rows], dtype=object),
                "note": np.array([None] * len(rows), dtype=object),
            },
            [shapely.Point(r[1] * 10 + 5, 5) for r in rows],
            crs="EPSG:4547",
        )
        write_layer(self.project, "component", components, component_spec())
        write_layer(self.project, HISTORY.name, make_batch({}), HISTORY)
        pack_project(
            self.project, self.read(self.project), grids, TEAMS, self.folder / "out", block_size=10
        )
        self.last = {team: self.values(self.work(team)) for team in "AB"}
        self.base = dict(self.last)

    def teardown(self):
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder, ignore_errors=True)

    def work(self, team):
        return self.project if team == "office" else self.folder / "out" / team / WORK

    def read(self, path):
        return read_layer(path, "component", component_spec())

    def values(self, path):
        rows = self.read(path)
        return {
            u: {"status": s, "note": n, "geometry": g.x}
            for u, s, n, g in zip(
                *(rows.text(c).tolist() for c in ("uuid", *NAMES)), rows.geometry, strict=True
            )
        }

    def execute(self, team, statement, *values):
        connection = sqlite3.connect(self.work(team))
        _add_functions(connection)
        with connection:
            connection.execute(statement, values)
        connection.close()

    def some(self, team, which):
        rows = sorted(self.values(self.work(team)))
        return rows[which % len(rows)] if rows else None

    who = st.sampled_from(["office", "A", "B"])

    @rule(team=who, which=st.integers(0, 9), name=st.sampled_from(NAMES), value=VALUES)
    def change(self, team, which, name, value):
        key = self.some(team, which)
        statement = {n: f"UPDATE component SET {n} = ? WHERE uuid = ?" for n in NAMES}  # noqa: S608
        self.execute(team, statement[name], value, key)

    @rule(team=who, which=st.integers(0, 9), x=PLACES)
    def move(self, team, which, x):
        key = self.some(team, which)
        self.execute(team, "UPDATE component SET geom = ? WHERE uuid = ?", blob(x), key)

    @rule(team=who, which=st.integers(0, 9))
    def delete(self, team, which):
        self.execute(team, "DELETE FROM component WHERE uuid = ?", self.some(team, which))

    @rule(team=who, value=VALUES, x=PLACES)
    def insert(self, team, value, x):
        self.number += 1
        self.execute(
            team,
            "INSERT INTO component (uuid, class_code, status, geom) VALUES (?, '01001', ?, ?)",
            f"{team}{self.number}",
            value,
            blob(x),
        )

    def merge(self, teams, **options):
        folders = [self.folder / "out" / team for team in teams]
        return merge_into_project(self.project, "component", folders, **options)

    @rule(teams=st.sampled_from(["A", "B", "AB", "BA"]))
    def come_back(self, teams):
        before, noted = self.values(self.project), self.noted()
        result = self.merge(teams)
        after = self.values(self.project)
        self.check_noted(noted, before, after)
        waiting = {}
        for uuid, field in zip(
            result.conflicts.text("uuid"), result.conflicts.text("field"), strict=True
        ):
            waiting.setdefault(uuid, set()).add(field)
        for team in teams:
            self.check_field(team, after, waiting)
        self.check_office(teams, before, after)
        for team in teams:
            self.last[team] = self.values(self.work(team))
        content, noted = content_hash(self.read(self.project)), self.noted()
        again = self.merge(teams)
        assert self.noted() == noted
        assert content_hash(self.read(self.project)) == content
        assert sorted(again.conflicts.text("conflict_id")) == sorted(
            result.conflicts.text("conflict_id")
        )

    def noted(self):
        connection = sqlite3.connect(self.project)
        rows = connection.execute("SELECT fid, uuid, field, changed_by FROM component_history")
        found = {fid: rest for fid, *rest in rows}
        connection.close()
        return found

    def check_noted(self, noted, before, after):
        """Each change of place and state and each deletion is in the history, with its team."""
        expected = [(key, "deleted") for key in before.keys() - after.keys()]
        for key in before.keys() & after.keys():
            for name in ("status", "geometry"):
                if before[key][name] != after[key][name]:
                    expected.append((key, name))
        new = [rest for fid, rest in self.noted().items() if fid not in noted]
        assert sorted((uuid, field) for uuid, field, _ in new) == sorted(expected)
        assert all(team in ("A", "B") for _, _, team in new)

    def check_field(self, team, after, waiting):
        """What the team did since it last came back is in the project or asked about."""
        now, was = self.values(self.work(team)), self.last[team]
        for key, row in now.items():
            for name in (*NAMES, "geometry"):
                if key not in was or row[name] != was[key][name]:
                    asked = waiting.get(key, set()) & {"", name}
                    assert asked or (key in after and after[key][name] == row[name]), (key, name)
        for key in was.keys() - now.keys():
            assert key not in after or "" in waiting.get(key, set()), key

    def check_office(self, teams, before, after):
        """What the office changed and the teams did not stays; rows vanish only by a deletion."""
        deleted = {k for t in teams for k in self.last[t].keys() - self.values(self.work(t)).keys()}
        for key, row in before.items():
            if key not in after:
                assert key in deleted
                continue
            for name in (*NAMES, "geometry"):
                if after[key][name] == row[name]:
                    continue
                assert any(
                    self.values(self.work(t)).get(key, {}).get(name) == after[key][name]
                    and self.last[t].get(key, {}).get(name) == row[name]
                    for t in teams
                ), (key, name)

    @rule(choice=st.sampled_from(["field", "office"]))
    def settle(self, choice):
        self.merge("", rules=[Resolution(choice)])

    @rule(teams=st.sampled_from(["A", "B", "AB"]))
    def come_back_and_be_undone(self, teams):
        before = content_hash(self.read(self.project))
        done = self.merge(teams)
        if all(p.status.value == "merged" for p in done.packages):
            return
        after = content_hash(self.read(self.project))
        undone = undo_in_project(self.project, "component")
        assert undone.kept == ()
        assert content_hash(self.read(self.project)) == before
        self.merge(teams)
        assert content_hash(self.read(self.project)) == after
        for team in teams:
            self.last[team] = self.values(self.work(team))

    @precondition(lambda self: hasattr(self, "project"))
    @invariant()
    def the_file_is_sound(self):
        connection = sqlite3.connect(self.project)
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        index = {i for (i,) in connection.execute("SELECT id FROM rtree_component_geom")}
        rows = {i for (i,) in connection.execute("SELECT fid FROM component")}
        connection.close()
        assert index == rows


# `make test-histories` plays many more, round after round.
HISTORIES = int(os.environ.get("WANGGE_HISTORIES") or 0)
Projects.TestCase.settings = settings(
    max_examples=HISTORIES or 8,
    stateful_step_count=15 if HISTORIES else 8,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
TestProjects = Projects.TestCase
if HISTORIES:
    TestProjects.pytestmark = [pytest.mark.timeout(0)]
