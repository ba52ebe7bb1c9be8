"""Run all benchmarks, or those that are named: ``make bench BENCH="rules push"``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    known = sorted(p.stem for p in HERE.glob("*.py") if not p.stem.startswith("_"))
    chosen = sys.argv[1:] or known
    if unknown := set(chosen) - set(known):
        print(f"There is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(known)}.")
        return 2
    failed = []
    for name in chosen:
        print(f"\n== {name}", flush=True)
        # A process each: peak memory and caches of one must not colour the next.
        if subprocess.run([sys.executable, "-P", "-m", f"wangge.benchmarks.{name}"]).returncode:
            failed.append(name)
    if failed:
        print(f"\nFailed: {', '.join(failed)}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
