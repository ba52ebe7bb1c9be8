from dataclasses import dataclass

import numpy as np
import pytest
import shapely


@dataclass(frozen=True)
class Town:
    cells: np.ndarray
    communities: np.ndarray
    community: np.ndarray
    codes: tuple[str, ...]


@pytest.fixture(scope="session")
def make_town():
    """A town of skewed quadrilaterals in rows and columns, several to a community."""

    def make(
        columns=4,
        rows=4,
        *,
        per_community=2,
        size=100.0,
        skew=0.0,
        seed=0,
        origin=(500000, 3400000),
    ):
        jitter = np.random.default_rng(seed).uniform(-skew, skew, (columns + 1, rows + 1, 2))
        x, y = np.meshgrid(np.arange(columns + 1.0), np.arange(rows + 1.0), indexing="ij")
        points = (np.stack([x, y], axis=2) * size) + jitter * size + np.array(origin)

        def outline(x0, y0, x1, y1):
            ring = [points[i, y0] for i in range(x0, x1)]
            ring += [points[x1, j] for j in range(y0, y1)]
            ring += [points[i, y1] for i in range(x1, x0, -1)]
            ring += [points[x0, j] for j in range(y1, y0, -1)]
            return shapely.polygons(np.array(ring))

        cells, home = [], []
        blocks = range(0, columns, per_community), range(0, rows, per_community)
        across = len(blocks[0])
        for i in range(columns):
            for j in range(rows):
                cells.append(outline(i, j, i + 1, j + 1))
                home.append(i // per_community + across * (j // per_community))
        communities = [
            outline(i, j, min(i + per_community, columns), min(j + per_community, rows))
            for j in blocks[1]
            for i in blocks[0]
        ]
        codes = tuple(f"500112001{k + 1:03d}" for k in range(len(communities)))
        return Town(np.array(cells), np.array(communities), np.array(home), codes)

    return make
