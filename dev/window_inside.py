"""What runs inside a QGIS window that `window.py` started: the script and the watchdog.

It is read by its path, without any package around it.
"""

from __future__ import annotations

import faulthandler
import json
import os
import re
import runpy
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# On a machine that others keep busy everything takes longer: times to wait are multiplied.
PATIENCE = float(os.environ.get("WANGGE_PATIENCE", "1"))

# Longer than this and people notice that the window does not react.
_LIMIT = 0.2
_WAITED = 1.5
# QGIS's own files have `/processing/` in their path too: ours lie in `wangge`.
_OURS = re.compile(rf'File ".*(/wangge/|{re.escape(str(ROOT))}/)(plugin|processing|forms)/')


def _is_ours(stack: str) -> bool:
    """Return whether the work was ours: QGIS's own dialogs, which we open, take their time."""
    for line in stack.splitlines():
        if _OURS.search(line):
            return True
        if "/share/qgis/python/" in line:
            return False
    return False


class Watch:
    """Notices when the window could not react, and whether our own code was why.

    An alarm interrupts the main thread itself, which writes its own stack: even inside a long
    call, and needing no lock of Python's. (Another thread that reads the stack of a running one
    sees frames that are being freed, and QGIS crashes.) A span in which other programs had the
    processor is nobody's fault: it counts only when the main thread itself worked through most
    of it, or when it is so long that something must have been waited for.
    """

    def __init__(self, timer):
        self.longest = 0.0
        self.exceptions: list[str] = []
        self._blocks: list[str] = []
        self._last, self._busy = time.perf_counter(), time.thread_time()
        # Without a buffer: the alarm writes past it. Lives as long as QGIS.
        self._stacks = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115
        faulthandler.register(signal.SIGALRM, self._stacks, all_threads=False)
        self._timer = timer
        timer.setInterval(10)
        timer.timeout.connect(self._tick)
        timer.start()

    def reset(self) -> None:
        """Forget what was noticed so far."""
        self.longest = 0.0
        self._last, self._busy = time.perf_counter(), time.thread_time()
        self._blocks.clear()
        self._take_stacks()

    def blocks(self) -> list[str]:
        """Return the stacks of our own code that kept the window from reacting."""
        return list(self._blocks)

    def _take_stacks(self) -> list[str]:
        self._stacks.seek(0)
        parts = self._stacks.read().decode().split("Stack (most recent call first):\n")
        self._stacks.seek(0)
        self._stacks.truncate()
        return [part for part in parts if _is_ours(part)]

    def _tick(self) -> None:
        now, busy = time.perf_counter(), time.thread_time()
        gap, worked = now - self._last, busy - self._busy
        self._last, self._busy = now, busy
        self.longest = max(self.longest, gap)
        if gap > _LIMIT:
            ours = self._take_stacks()
            if worked > 0.75 * _LIMIT or gap > _WAITED:
                self._blocks += [f"{gap:.2f} s, of which {worked:.2f} s work\n{s}" for s in ours]
        signal.setitimer(signal.ITIMER_REAL, _LIMIT)


def drive(script: str, answer: str, arguments: dict) -> None:
    """Run ``steps(arguments, watch)`` of a script inside QGIS; write its result and end QGIS."""
    from qgis.core import QgsApplication, QgsProject
    from qgis.PyQt.QtCore import Qt, QTimer
    from qgis.PyQt.QtWidgets import QApplication, QLabel, QTextEdit
    from qgis.utils import iface

    watch = Watch(QTimer())
    beat = QTimer()
    state = {"wait": 1.0, "since": time.perf_counter(), "steps": None}
    shown = sys.excepthook

    def note(kind, error, trace):
        watch.exceptions.append("".join(traceback.format_exception(kind, error, trace)))
        shown(kind, error, trace)

    sys.excepthook = note
    window = iface.mainWindow()
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.setGeometry(window.screen().geometry())

    def end(result: dict) -> None:
        beat.stop()
        signal.setitimer(signal.ITIMER_REAL, 0)
        result = {"exceptions": watch.exceptions, "blocks": watch.blocks(), **result}
        Path(answer).write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
        QgsProject.instance().setDirty(False)
        leave(time.perf_counter() + 10 * PATIENCE)

    def leave(latest: float) -> None:
        # QGIS asks whether tasks that still run are to be given up: a busy machine is slow.
        if QgsApplication.taskManager().countActiveTasks() and time.perf_counter() < latest:
            QTimer.singleShot(100, lambda: leave(latest))
            return
        # The way people leave: the project is closed and plugins are unloaded.
        # A question that nobody here answers would keep QGIS for ever.
        question.start(int(3_000 * PATIENCE))
        iface.actionExit().trigger()

    def tell_question() -> None:
        modal = QApplication.activeModalWidget()
        texts = [t.text() for t in modal.findChildren(QLabel)] if modal else []
        print("QGIS asks on leaving:", modal, texts, file=sys.stderr, flush=True)
        os._exit(9)

    question = QTimer()
    question.setSingleShot(True)
    question.timeout.connect(tell_question)

    def tick() -> None:
        waited = time.perf_counter() - state["since"]
        wait = state["wait"]
        try:
            if callable(wait):
                if not wait():
                    if waited > 60 * PATIENCE:
                        raise TimeoutError(f"waited in vain: {wait}")
                    return
            elif waited < wait:
                return
            if state["steps"] is None:
                state["steps"] = runpy.run_path(script)["steps"](arguments, watch)
            state["wait"] = next(state["steps"])
            state["since"] = time.perf_counter()
        except StopIteration as stop:
            end(stop.value or {})
        except BaseException:
            window.screen().grabWindow(0).save(str(Path(answer).with_name("failure.png")))
            end({"failure": traceback.format_exc() + "\n".join(watch.exceptions)})

    def tell_message() -> None:
        # QGIS shows what goes wrong while it loads a plugin in a window that waits for somebody.
        modal = QApplication.activeModalWidget()
        if modal is not None and modal.metaObject().className() == "QgsMessageViewer":
            listening.stop()
            texts = [t.toPlainText() for t in modal.findChildren(QTextEdit)]
            modal.close()
            end({"failure": "\n".join(texts)})

    listening = QTimer()
    listening.setInterval(2_000)
    listening.timeout.connect(tell_message)
    listening.start()
    beat.setInterval(25)
    beat.timeout.connect(tick)
    beat.start()
    # QGIS keeps nothing of a --code script: these must outlive it.
    sys.modules["__main__"].__dict__.setdefault("_wangge_window", []).append(
        (watch, beat, listening, state)
    )
