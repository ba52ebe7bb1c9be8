"""Keep the window from reacting, in ways the watchdog must see and must not count."""

import time
from pathlib import Path

from qgis.PyQt.QtCore import QCoreApplication

CODE = """
import time

def descend(depth):
    return depth and 1 + descend(depth - 1)

def work(seconds):
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        descend(40)

def count_natively():
    return sum(range(60_000_000))
"""


def pretend(path):
    """The functions above, as if they stood in that file."""
    names = {}
    exec(compile(CODE, str(path), "exec"), names)  # noqa: S102 - our own text above
    return names


def steps(arguments, watch):
    out = {}
    ours = pretend(Path(arguments["root"]) / "plugin" / "slow.py")
    theirs = pretend("/usr/share/qgis/python/plugins/processing/slow.py")
    for name, functions, call in (
        ("ours", ours, lambda f: f["work"](0.6)),
        ("native", ours, lambda f: f["count_natively"]()),
        ("short", ours, lambda f: f["work"](0.05)),
        ("theirs", theirs, lambda f: f["work"](0.6)),
    ):
        yield 0.3
        watch.reset()
        call(functions)
        yield 0.3
        out[name] = watch.blocks()
    # Reading the stack of a program at work must not harm it.
    for _ in range(20):
        ours["work"](0.23)
        QCoreApplication.processEvents()
        time.sleep(0.02)
    yield 0.1
    return out
