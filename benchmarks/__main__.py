"""Run all benchmarks, or those that are named: ``make bench BENCH="rules push"``.

Options go to the benchmark before them: ``make bench BENCH="rules --components 10110000"``.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    known = sorted(p.stem for p in HERE.glob("*.py") if not p.stem.startswith("_"))
    chosen: list[list[str]] = []
    for word in sys.argv[1:]:
        if word in known or not chosen:
            chosen.append([word])
        else:
            chosen[-1].append(word)
    chosen = chosen or [[name] for name in known]
    if unknown := {name for name, *_ in chosen} - set(known):
        print(f"There is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(known)}.")
        return 2
    failed = []
    for name, *options in chosen:
        print(f"\n== {name}", flush=True)
        # A process each: peak memory and caches of one must not colour the next.
        command = [sys.executable, "-P", "-m", f"wangge.benchmarks.{name}", *options]
        if subprocess.run(command).returncode:
            failed.append(name)
    if failed:
        print(f"\nFailed: {', '.join(failed)}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
