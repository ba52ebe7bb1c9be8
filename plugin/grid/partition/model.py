"""What goes into the partition engine and what comes out: values only."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np


class ExceptionReason(StrEnum):
    """Why a border crosses a building although none should."""

    UNDER_BARRIER = "under_barrier"
    STRADDLES_COMMUNITY = "straddles_community"
    NO_CUT_COULD_SPARE = "no_cut_could_spare"


@dataclass(frozen=True)
class PartitionInput:
    """Communities and what guides the cutting, as columns in one metric CRS.

    Parameters
    ----------
    communities : numpy.ndarray
        (k,) polygons or multipolygons.
    names : numpy.ndarray
        (k,) code or name of each community, used in messages.
    barriers : numpy.ndarray
        (m,) lines or polygons that borders should follow; a polygon counts with its outline.
    ranks : numpy.ndarray, optional
        (m,) importance of each barrier, 0 the highest. Without it all are equal.
    buildings : numpy.ndarray, optional
        (b,) polygons no border may cross.
    load_points : numpy.ndarray, optional
        (p,) points whose weight is to be balanced over the cells.
    load_weights : numpy.ndarray, optional
        (p,) weight of each point; 1 each without it.
    targets : numpy.ndarray, optional
        (k,) target area per community, m²; NaN takes ``PartitionOptions.target_area``.
    """

    communities: np.ndarray
    names: np.ndarray
    barriers: np.ndarray
    ranks: np.ndarray | None = None
    buildings: np.ndarray | None = None
    load_points: np.ndarray | None = None
    load_weights: np.ndarray | None = None
    targets: np.ndarray | None = None


@dataclass(frozen=True)
class PartitionOptions:
    """How to cut; every default is sound for a Chinese city.

    Parameters
    ----------
    target_area : float
        Area a cell should have, m².
    seed : int
        The same seed gives the same cells, in one process or many.
    load_share : float
        0 balances area alone, 1 load alone, values between weigh both.
    snap_tolerance : float
        A street that ends closer than this (m) to another line is extended to it.
    community_tolerance : float
        Mismatched borders between communities are repaired up to this width (m).
    simplify_tolerance : float
        Borders may leave a barrier's vertices by this much (m), which keeps rings short.
    search_seconds : float
        Work spent on improving the first solution, in seconds per square kilometre and core.
        It is turned into a fixed number of steps (`steps_per_second`), never read off a
        clock, so that results do not depend on the machine. 0 switches the search off.
    """

    target_area: float = 10_000.0
    seed: int = 0
    load_share: float = 0.0
    snap_tolerance: float = 8.0
    community_tolerance: float = 1.0
    simplify_tolerance: float = 0.4
    search_seconds: float = 0.8


@dataclass(frozen=True)
class BuildingException:
    """A building that a border crosses, and why.

    ``building`` and ``community`` are positions in the input columns.
    """

    building: int
    community: int
    reason: ExceptionReason


@dataclass(frozen=True)
class Gain:
    """What the search stage improved: figures over all cells before and after it."""

    steps: int = 0
    accepted: int = 0
    area_cv_before: float = 0.0
    area_cv_after: float = 0.0
    compactness_before: float = 0.0
    compactness_after: float = 0.0
    on_barrier_before: float = 0.0
    on_barrier_after: float = 0.0


@dataclass(frozen=True)
class Partition:
    """Cells in the order of their communities.

    Parameters
    ----------
    cells : numpy.ndarray
        (n,) polygons.
    community : numpy.ndarray
        (n,) position of each cell's community in the input.
    exceptions : tuple of BuildingException
        Buildings no cut could spare.
    failures : tuple of (int, str)
        Communities left out, with a sentence that says why.
    notes : tuple of str
        What was repaired on the way.
    gain : Gain
        What the search stage improved.
    """

    cells: np.ndarray
    community: np.ndarray
    exceptions: tuple[BuildingException, ...] = ()
    failures: tuple[tuple[int, str], ...] = ()
    notes: tuple[str, ...] = ()
    gain: Gain = field(default_factory=Gain)
