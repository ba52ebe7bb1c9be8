"""A real Dask cluster for tests: a scheduler and workers as processes of their own, over TCP."""

import os
import signal
import socket
import subprocess
import sys
import time


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class DaskCluster:
    """Scheduler and workers; `kill` takes one away as a power cut would."""

    def __init__(self, folder, workers=2, *, path=None, python=sys.executable):
        self.folder = folder
        self.address = f"tcp://127.0.0.1:{free_port()}"
        self._python = python
        self._environment = {**os.environ, "DASK_DISTRIBUTED__ADMIN__TICK__LIMIT": "60s"}
        if path is not None:
            self._environment["PYTHONPATH"] = str(path)
        host, port = self.address.removeprefix("tcp://").split(":")
        self.scheduler = self._start(
            "scheduler", "--host", host, "--port", port, "--no-dashboard", "--no-jupyter"
        )
        self.workers = [self.add_worker() for _ in range(workers)]

    def add_worker(self):
        folder = self.folder / f"worker{time.monotonic_ns()}"
        return self._start(
            "worker",
            self.address,
            "--nthreads=1",
            "--no-nanny",
            "--no-dashboard",
            f"--local-directory={folder}",
        )

    def kill(self, process):
        """SIGKILL."""
        process.send_signal(signal.SIGKILL)
        process.wait(10)

    def stop(self):
        for process in (*self.workers, self.scheduler):
            if process.poll() is None:
                process.kill()
            process.wait(10)

    def _start(self, kind, *arguments):
        log = (self.folder / f"{kind}.log").open("a")
        return subprocess.Popen(
            [self._python, "-P", "-m", "dask", kind, *arguments],
            env=self._environment,
            cwd=self.folder,
            stdout=log,
            stderr=log,
        )
