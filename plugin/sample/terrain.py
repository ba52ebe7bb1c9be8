"""The ground of the town: a meandering river and a bend of the map that follows it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

BORDER = 450.0  # metres over which a tile's map becomes straight
REACH = 1500.0  # metres from the river at which its bends have faded


@dataclass(frozen=True)
class Terrain:
    """A map from the plan (s along, t across the river) to the ground.

    Attributes
    ----------
    origin : tuple of float
        Easting and northing of the plan's lower left corner.
    width, south, north : float
        The plan runs over 0..width and -south..north; the river is t = 0. Metres.
    waves : ndarray of shape (k, 5)
        Amplitude, wave numbers in s and t, phase, and 0 for eastward or 1 for northward.
    bends : ndarray of shape (j, 3)
        Amplitude, wave number and phase of the river's meanders.
    turn : float
        Rotation of the whole, radians.
    is_tile : bool
        Straight borders that neighbours share.
    """

    origin: tuple[float, float]
    width: float
    south: float
    north: float
    waves: np.ndarray
    bends: np.ndarray
    turn: float
    is_tile: bool

    def ground(self, s: np.ndarray, t: np.ndarray) -> np.ndarray:
        """Return ground coordinates, shape (n, 2), of places in the plan."""
        s, t = np.broadcast_arrays(np.asarray(s, float), np.asarray(t, float))
        still = self._stillness(s, t)
        bend = np.zeros_like(s)
        for amplitude, number, phase in self.bends:
            bend += amplitude * np.sin(number * s + phase)
        x = s.copy()
        y = t + self.south + still * bend * np.exp(-((t / REACH) ** 2))
        for amplitude, along, across, phase, northward in self.waves:
            shift = still * amplitude * np.sin(along * s + across * t + phase)
            if northward:
                # The river itself keeps its course, so that its banks stay parallel.
                y += shift * np.tanh(np.abs(t) / 400.0)
            else:
                x += shift
        cos, sin = np.cos(self.turn), np.sin(self.turn)
        return np.stack(
            [self.origin[0] + cos * x - sin * y, self.origin[1] + sin * x + cos * y], axis=-1
        )

    def half_river(self, s: np.ndarray) -> np.ndarray:
        """Return half the river's width in metres at places along it."""
        s = np.asarray(s, float)
        swell = 8 * np.sin(s / 610.0) + 5 * np.sin(s / 233.0 + 1)
        return 34.0 + swell * self._stillness(s, np.zeros_like(s))

    def river(self) -> shapely.Polygon:
        """Return the river from one edge of the map to the other."""
        s = np.linspace(0, self.width, max(int(self.width / 25), 8))
        half = self.half_river(s)
        bank = np.concatenate([self.ground(s, half), self.ground(s, -half)[::-1]])
        return shapely.Polygon(bank)

    def _stillness(self, s: np.ndarray, t: np.ndarray) -> np.ndarray:
        if not self.is_tile:
            return np.ones_like(s)
        nearest = np.minimum.reduce([s, self.width - s, t + self.south, self.north - t])
        share = np.clip(nearest / BORDER, 0, 1)
        return share * share * (3 - 2 * share)


def make_terrain(
    rng: np.random.Generator,
    *,
    width: float,
    height: float,
    river_at: float,
    origin: tuple[float, float],
    is_tile: bool,
) -> Terrain:
    """Shape the ground of a town of ``width`` by ``height`` metres.

    Parameters
    ----------
    river_at : float
        Share of the height at which the river runs.
    """
    waves = []
    for northward in (0, 1):
        for _ in range(3):
            direction = rng.uniform(0, 2 * np.pi)
            number = 2 * np.pi / rng.uniform(1900, 3800)
            waves.append(
                (
                    rng.uniform(20, 48),
                    number * np.cos(direction),
                    number * np.sin(direction),
                    rng.uniform(0, 2 * np.pi),
                    northward,
                )
            )
    reach = min(260.0, 0.07 * height)
    bends = [
        (reach, 2 * np.pi / rng.uniform(3000, 4200), rng.uniform(0, 6.3)),
        (reach * 0.3, 2 * np.pi / rng.uniform(1300, 1900), rng.uniform(0, 6.3)),
    ]
    return Terrain(
        origin=origin,
        width=width,
        south=height * river_at,
        north=height * (1 - river_at),
        waves=np.array(waves),
        bends=np.array(bends),
        turn=0.0 if is_tile else float(rng.uniform(-0.16, 0.16)),
        is_tile=is_tile,
    )
