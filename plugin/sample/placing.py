"""Put things along lines at even distances: lamps, trees, covers, bins."""

from __future__ import annotations

import numpy as np
import shapely


class Track:
    """Lines end to end as one long way, along which places are found by distance.

    Parameters
    ----------
    lines : ndarray of LineString, shape (n,)
    margin : float
        Metres left free at both ends of every line.
    """

    def __init__(self, lines: np.ndarray, *, margin: float = 0.0):
        lines = lines[shapely.length(lines) > 2 * margin + 2]
        xy, line = shapely.get_coordinates(lines, return_index=True)
        joined = line[1:] == line[:-1] if len(line) else np.zeros(0, bool)
        self._from = xy[:-1][joined]
        self._step = xy[1:][joined] - self._from
        self._line = line[:-1][joined]
        self._run = np.concatenate([[0.0], np.cumsum(np.hypot(*self._step.T))])
        total = shapely.length(lines)
        self._start = np.cumsum(total) - total
        self._usable = total - 2 * margin
        self._ways = np.concatenate([[0.0], np.cumsum(self._usable)])
        self._margin = margin

    @property
    def length(self) -> float:
        """Length of the way in metres, margins left out."""
        return float(self._ways[-1])

    def at(self, distance: np.ndarray, offset: np.ndarray) -> np.ndarray:
        """Return places ``distance`` along the way and ``offset`` to its left, shape (n, 2)."""
        line = np.searchsorted(self._ways, distance, side="right") - 1
        line = np.clip(line, 0, len(self._usable) - 1)
        whole = self._start[line] + self._margin + (distance - self._ways[line])
        piece = np.clip(np.searchsorted(self._run, whole, side="right") - 1, 0, len(self._from) - 1)
        length = np.maximum(self._run[piece + 1] - self._run[piece], 1e-9)
        unit = self._step[piece] / length[:, None]
        place = self._from[piece] + (whole - self._run[piece])[:, None] * unit
        return place + offset[:, None] * np.stack([-unit[:, 1], unit[:, 0]], axis=1)


def even(rng: np.random.Generator, length: float, n: int, *, jitter: float) -> np.ndarray:
    """Return ``n`` distances along a way of ``length``, evenly spaced but for ``jitter``.

    ``jitter`` is a share of the spacing.
    """
    step = length / max(n, 1)
    return (np.arange(n) + 0.5 + rng.uniform(-jitter / 2, jitter / 2, n)) * step
