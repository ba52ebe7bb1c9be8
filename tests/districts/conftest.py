"""A Dask cluster of two workers."""

import sys
from pathlib import Path

import pytest

# With --import-mode=importlib the folder's own helper module is found only so.
sys.path.append(str(Path(__file__).parent))


@pytest.fixture
def dask_cluster(tmp_path):
    """A scheduler and two workers over TCP."""
    pytest.importorskip("distributed", reason="Dask is optional")
    from dask_cluster import DaskCluster

    cluster = DaskCluster(tmp_path)
    yield cluster
    cluster.stop()
