"""Many districts: nobody stops anybody else, whatever happens to data, workers or the user."""

import os
import signal
import time

import pytest
from district_tasks import make_district_task, same_rows
from wangge.plugin.districts.model import JobKind, State
from wangge.plugin.districts.pools import open_pool
from wangge.plugin.districts.run import Pending, run_districts
from wangge.plugin.districts.work import answer, answer_elsewhere
from wangge.plugin.errors import WanggeError
from wangge.plugin.progress import Silent

CODES = [f"5001{i:02d}" for i in range(1, 7)]


def pending(codes=CODES, broken=(), **options):
    def make(code):
        if code in broken:
            raise WanggeError(f"No file for {code}.")
        return make_district_task(code, x=1000.0 * int(code[-2:]), **options)

    return [Pending(code, lambda c=code: make(c)) for code in codes]


def run(waiting, progress=None, workers=2, scheduler=""):
    with open_pool(scheduler, len(waiting), workers=workers) as pool:
        outcomes = list(run_districts(waiting, pool, progress=progress or Silent()))
    return {o.district: o for o in outcomes}


def alone(codes=CODES):
    return {p.district: answer(p.make()) for p in pending(codes)}


@pytest.mark.parametrize("workers", [1, 2])
def test_every_district_comes_out_as_if_it_were_alone(workers):
    outcomes = run(pending(), workers=workers)
    assert sorted(outcomes) == CODES
    for code, outcome in alone().items():
        assert outcomes[code].state is State.OK
        assert same_rows(outcomes[code], outcome)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_district_whose_data_fail_stops_no_other(workers):
    bad = pending(CODES[:1])[0].make()
    empty = type(bad)(JobKind.CHECK_GRIDS, CODES[0], {"community": bad.layers["community"]})
    waiting = [Pending(CODES[0], lambda: empty), *pending(CODES[1:], broken={CODES[2]})]
    outcomes = run(waiting, workers=workers)
    failed = {code for code, o in outcomes.items() if o.state is State.FAILED}
    assert failed == {CODES[0], CODES[2]}
    assert CODES[0] in outcomes[CODES[0]].message
    assert outcomes[CODES[2]].message == f"No file for {CODES[2]}."
    assert all(o.state is State.OK for c, o in outcomes.items() if c not in failed)


def test_a_killed_process_takes_no_district_with_it():
    waiting = pending()
    with open_pool("", len(waiting), workers=2) as pool:
        first = True
        outcomes = {}
        for outcome in run_districts(waiting, pool):
            outcomes[outcome.district] = outcome
            if first:
                first = False
                victim = next(iter(pool.executor()._processes))
                os.kill(victim, signal.SIGKILL)
    assert {c: o.state for c, o in outcomes.items()} == dict.fromkeys(CODES, State.OK)
    for code, outcome in alone().items():
        assert same_rows(outcomes[code], outcome)


def kill_me():
    os.kill(os.getpid(), signal.SIGKILL)


class Bomb:
    def __reduce__(self):
        return kill_me, ()


def test_a_district_that_kills_its_worker_fails_alone():
    waiting = pending()
    task = waiting[2].make()
    deadly = type(task)(task.kind, task.district, {**task.layers, "load": Bomb()}, task.options)
    waiting[2] = Pending(task.district, lambda: deadly)
    outcomes = run(waiting)
    assert outcomes[CODES[2]].state is State.FAILED
    assert "without an answer" in outcomes[CODES[2]].message
    assert [c for c, o in outcomes.items() if o.state is not State.OK] == [CODES[2]]


class Stopping(Silent):
    def __init__(self):
        self.stopped = False

    def is_cancelled(self):
        return self.stopped


@pytest.mark.parametrize("workers", [1, 2])
def test_after_a_cancel_every_district_still_has_an_outcome(workers):
    progress = Stopping()
    waiting = pending()
    outcomes = {}
    with open_pool("", len(waiting), workers=workers) as pool:
        for outcome in run_districts(waiting, pool, progress=progress):
            outcomes[outcome.district] = outcome
            progress.stopped = True
    assert sorted(outcomes) == CODES
    states = [o.state for o in outcomes.values()]
    assert State.OK in states
    assert State.CANCELLED in states
    assert State.FAILED not in states


def test_workers_speak_the_language_of_the_user():
    from dataclasses import replace

    def make(code):
        task = make_district_task(code, kind=JobKind.ASSIGN)
        return replace(task, language="zh")

    outcomes = run([Pending(code, lambda c=code: make(c)) for code in CODES])
    assert all(o.state is State.FAILED for o in outcomes.values())
    assert CODES[0] in outcomes[CODES[0]].message
    assert "图层" in outcomes[CODES[0]].message


def test_a_scheduler_that_is_not_there_is_told_in_a_sentence(monkeypatch):
    pytest.importorskip("distributed")
    from wangge.plugin.districts import pools

    monkeypatch.setattr(pools, "_PATIENCE", 0.5)
    with pytest.raises(WanggeError, match="does not answer"):
        run(pending(), scheduler="tcp://127.0.0.1:9")


def test_without_dask_the_sentence_says_what_to_install(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(WanggeError, match="pip install distributed"):
        run(pending(), scheduler="tcp://127.0.0.1:9")


def when_others_are_under_way(strike):
    """Districts of which the last but one strikes when its data are read.

    No more than four are with two workers at a time, so the first is done by then, and others
    are at work.
    """
    waiting = pending(effort=20.0)
    struck = waiting[-2]

    def make():
        strike()
        return struck.make()

    waiting[-2] = Pending(struck.district, make)
    return waiting


def test_two_workers_over_tcp_give_what_this_machine_gives(dask_cluster):
    outcomes = run(pending(), scheduler=dask_cluster.address)
    assert sorted(outcomes) == CODES
    for code, outcome in alone().items():
        assert outcomes[code].state is State.OK, outcomes[code].message
        assert same_rows(outcomes[code], outcome)


def test_a_worker_killed_mid_run_leaves_the_batch_whole(dask_cluster):
    outcomes = run(
        when_others_are_under_way(lambda: dask_cluster.kill(dask_cluster.workers[0])),
        scheduler=dask_cluster.address,
    )
    assert dask_cluster.workers[0].poll() is not None
    assert {c: o.state for c, o in outcomes.items()} == dict.fromkeys(CODES, State.OK)
    expected = {p.district: answer_elsewhere(p.make()) for p in pending(effort=20.0)}
    assert all(same_rows(outcomes[c], expected[c]) for c in CODES)


def test_a_worker_without_wangge_is_told_in_a_sentence(tmp_path):
    pytest.importorskip("distributed")
    from dask_cluster import DaskCluster

    cluster = DaskCluster(tmp_path, workers=1, path=tmp_path)
    try:
        with pytest.raises(WanggeError, match="PYTHONPATH"):
            run(pending(), scheduler=cluster.address)
    finally:
        cluster.stop()


def test_a_scheduler_that_died_before_anything_was_sent_is_told(dask_cluster):
    """What a client takes in while it looks for its scheduler is never answered."""
    waiting = pending()
    with open_pool(dask_cluster.address, len(waiting)) as pool:
        dask_cluster.kill(dask_cluster.scheduler)
        time.sleep(0.5)
        outcomes = {o.district: o for o in run_districts(waiting, pool)}
    assert sorted(outcomes) == CODES
    assert all(o.state is State.FAILED and "RESUME" in o.message for o in outcomes.values())


def test_a_scheduler_that_dies_ends_the_batch_with_sentences(dask_cluster):
    outcomes = run(
        when_others_are_under_way(lambda: dask_cluster.kill(dask_cluster.scheduler)),
        scheduler=dask_cluster.address,
    )
    assert sorted(outcomes) == CODES
    failed = [o for o in outcomes.values() if o.state is State.FAILED]
    assert failed
    assert all("RESUME" in o.message for o in failed)
