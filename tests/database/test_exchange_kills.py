"""An export killed at any instant leaves the earlier package, the new one, or none."""

import random
import subprocess
import sys
import time

import pytest
from wangge.plugin.database.exchange.checking import check_package

SCRIPT = """
import sys
from pathlib import Path
sys.path.append({tests!r})
from platform_rows import make_components
from wangge.plugin.database.exchange.export import export_package
from wangge.plugin.standards.profiles import load_profile

count, folder = int(sys.argv[1]), Path(sys.argv[2])
print("ready", flush=True)
export_package(
    folder, {{"component": lambda: [make_components(count)]}}, load_profile(),
    categories=["component"],
)
"""


def start(root, tmp_path, count):
    link = tmp_path / "path" / "wangge"
    if not link.exists():
        link.parent.mkdir()
        link.symlink_to(root)
    script = SCRIPT.format(tests=str(root / "tests" / "database"))
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(count), str(tmp_path / "out" / "package")],
        env={"PYTHONPATH": str(link.parent), "PATH": ""},
        stdout=subprocess.PIPE,
    )
    assert process.stdout.readline() == b"ready\n"
    return process


@pytest.mark.parametrize("earlier", [0, 3])
def test_a_killed_export_leaves_a_whole_package_or_none(root, tmp_path, earlier):
    folder = tmp_path / "out" / "package"
    if earlier:
        assert start(root, tmp_path, earlier).wait() == 0
    instants = random.Random(7)
    for _ in range(5):
        process = start(root, tmp_path, 2000)
        time.sleep(instants.uniform(0, 0.4))
        process.kill()
        process.wait()
        process.stdout.close()
        if folder.exists():
            assert check_package(folder).rows in (earlier, 2000)
    assert start(root, tmp_path, 2000).wait() == 0
    assert check_package(folder).rows == 2000
