"""Random histories of a census, many thousands: in rounds, resumable, with an end.

Each round runs both history tests with a seed of its own and is noted in ``.histories``;
a run that was broken off goes on after the last round noted. A round that fails ends the
run and leaves its output beside the notes.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = {
    "disk": "tests/census/test_project_histories.py",
    "memory": "tests/census/test_merge_histories.py",
}


def play(test: str, seed: int, histories: int) -> tuple[bool, str, float]:
    """Run one round; return whether it passed, what it printed and its seconds."""
    started = time.perf_counter()
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "no:cacheprovider",
            "--hypothesis-profile=search",
            f"--hypothesis-seed={seed}",
            test,
        ],
        cwd=ROOT,
        env={"QT_QPA_PLATFORM": "offscreen", **os.environ, "WANGGE_HISTORIES": str(histories)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode == 0, done.stdout + done.stderr, time.perf_counter() - started


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--histories", type=int, default=50, help="of each test in a round")
    parser.add_argument("--notes", type=Path, default=ROOT / ".histories")
    options = parser.parse_args()
    options.notes.mkdir(parents=True, exist_ok=True)
    log = options.notes / "rounds.jsonl"
    done = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
    known = {(r["kind"], r["seed"], r["histories"]) for r in done}
    for seed in range(options.rounds):
        for kind, test in TESTS.items():
            if (kind, seed, options.histories) in known:
                continue
            passed, text, seconds = play(test, seed, options.histories)
            if not passed:
                failure = options.notes / f"failed-{kind}-{seed}.txt"
                failure.write_text(text, encoding="utf-8")
                print(f"Round {seed} ({kind}) failed: {failure}")
                return 1
            entry = {
                "kind": kind,
                "seed": seed,
                "histories": options.histories,
                "seconds": round(seconds, 1),
            }
            done.append(entry)
            with log.open("a", encoding="utf-8") as file:
                file.write(json.dumps(entry) + "\n")
    for kind in TESTS:
        rounds = [r for r in done if r["kind"] == kind]
        count, seconds = sum(r["histories"] for r in rounds), sum(r["seconds"] for r in rounds)
        print(f"{kind}: {count} histories in {seconds:.0f} s, all passed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
