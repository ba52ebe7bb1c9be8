"""One community from its polygon to its cells: a picklable task, run anywhere."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import shapely

from ...errors import Cancelled, WanggeError
from ...progress import SILENT, Progress
from ...translation import translate
from .blocks import build_blocks, price_guides
from .cutting import Scene
from .figures import FaceFigures
from .gaps import gap_lines
from .goals import Goals
from .load import Load
from .medians import part_strips
from .merge import merge_blocks
from .mesh import Mesh, undirected
from .model import BuildingException, ExceptionReason, PartitionOptions
from .network import build_network, lines_of
from .relax import relax
from .search import bring_within_bounds, improve
from .split import split_groups
from .surroundings import Buildings, Nearness
from .tidy import tidy

STEPS_PER_SECOND = 1500
"""Pairs recut in a second on an ordinary core; turns seconds into a number of steps."""
RASTER_STEP = 3.0
CORRIDOR = 3.0
"""P²/4πA from which a cell is a corridor: the strip between two carriageways, say."""
ENOUGH_USE = 0.66
"""Strips between carriageways become cells only where less of the barriers would be borders."""
MOST_CORRIDORS = 0.052
"""No more of a community's cells than this share become corridors."""
DEARER, MOST_TRIES = 1.2, 12
RELAX_PASSES = 4
"""How often the corners of borders are moved, each time those near the last moves."""
EXACTNESS = 1e-6
"""Largest difference between a community and its cells, as a share of its area."""


@dataclass(frozen=True)
class CommunityTask:
    """All that is needed to cut one community, and nothing of the others."""

    index: int
    name: str
    polygon: shapely.Geometry
    target: float
    lines: np.ndarray
    worth: np.ndarray
    buildings: np.ndarray
    building_index: np.ndarray
    load_points: np.ndarray
    load_weights: np.ndarray
    options: PartitionOptions


@dataclass(frozen=True)
class Figures:
    """Sums over cells, added up over communities to say what the search gained."""

    cells: int = 0
    deviation: float = 0.0
    compactness: float = 0.0
    on_barrier: float = 0.0
    border: float = 0.0

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(getattr(self, n) + getattr(other, n) for n in self.__dataclass_fields__))


@dataclass(frozen=True)
class CommunityResult:
    """The cells of one community, or the sentence that says why there are none."""

    index: int
    cells: np.ndarray
    failure: str = ""
    exceptions: tuple[BuildingException, ...] = ()
    notes: tuple[str, ...] = ()
    steps: int = 0
    accepted: int = 0
    before: Figures = field(default_factory=Figures)
    after: Figures = field(default_factory=Figures)


def cut_community(task: CommunityTask, progress: Progress = SILENT) -> CommunityResult:
    """Cut one community; whatever goes wrong with it is told in the result, not raised."""
    try:
        return _cut_community(task, progress)
    except Cancelled:
        raise
    except WanggeError as error:
        sentence = error.message
    except Exception as error:  # one bad community must not stop the rest
        sentence = translate(
            "Wangge",
            "Community {name} could not be cut ({error}). Check its geometry and the barriers in it.",
        ).format(name=task.name, error=f"{type(error).__name__}: {error}")
    return CommunityResult(task.index, np.array([], dtype=object), sentence)


def _cut_community(task: CommunityTask, progress: Progress) -> CommunityResult:
    parts = shapely.get_parts(task.polygon)
    areas = shapely.area(parts)
    total = max(len(parts), round(float(areas.sum()) / task.target), 1)
    counts = _allot_parts(areas, total)
    cells: list[np.ndarray] = []
    steps = accepted = 0
    before = after = Figures()
    notes: list[str] = []
    for part, count in zip(parts, counts, strict=True):
        if count == 1:
            cells.append(np.array([part]))
            continue
        made = _cut_part(part, int(count), task, notes, progress)
        steps, accepted = steps + made.steps, accepted + made.accepted
        before, after = before + made.before, after + made.after
        cells.append(made.cells)
    found = np.concatenate(cells)
    return CommunityResult(
        task.index,
        found,
        "",
        _exceptions(task, found),
        tuple(dict.fromkeys(notes)),
        steps,
        accepted,
        before,
        after,
    )


def _cut_part(
    part: shapely.Polygon, count: int, task: CommunityTask, notes: list[str], progress: Progress
) -> CommunityResult:
    """Cut one polygon; where its lines are beyond repair do with fewer of them, and tell."""
    nothing = np.array([], dtype=object)
    bare = replace(task, lines=nothing, worth=np.zeros(0))
    for attempt, gaps in ((task, True), (task, False), (bare, False)):
        try:
            mesh, scene = _first_solution(part, count, attempt, progress, gaps=gaps)
            before = _figures(mesh, scene.goals)
            budget = task.options.search_seconds * STEPS_PER_SECOND * shapely.area(part) / 1e6
            budget *= 1e4 / max(scene.goals.cell_area, 1e3)
            result = improve(mesh, scene, int(budget), progress=progress)
            tidy(mesh, scene.buildings)
            relax(mesh, scene, RELAX_PASSES, progress=progress)
            if scene.load is not None:
                bring_within_bounds(mesh, scene, progress=progress)
            tidy(mesh, scene.buildings)
            return CommunityResult(
                task.index,
                _polygons(mesh, part, task.name),
                steps=result.steps,
                accepted=result.accepted,
                before=before,
                after=_figures(mesh, scene.goals),
            )
        except Cancelled:
            raise
        except Exception as error:
            trouble = error
            notes.append(
                translate(
                    "Wangge",
                    "Some barriers or buildings in community {name} could not be made use of. "
                    "Check the lines there for errors.",
                ).format(name=task.name)
            )
    raise trouble


def _allot_parts(areas: np.ndarray, total: int) -> np.ndarray:
    """Divide the number of cells among the parts of a multipolygon, one each at least."""
    exact = areas / areas.sum() * total
    counts = np.maximum(1, np.floor(exact)).astype(int)
    while counts.sum() < total:
        counts[np.argmax(exact - counts)] += 1
    while counts.sum() > total:
        counts[np.argmax(np.where(counts > 1, counts - exact, -np.inf))] -= 1
    return counts


def _first_solution(
    part: shapely.Polygon, count: int, task: CommunityTask, progress: Progress, *, gaps: bool
) -> tuple[Mesh, Scene]:
    goals = Goals(shapely.area(part) / count, count)
    near_buildings = task.buildings[shapely.intersects(task.buildings, part)]
    buildings = Buildings(near_buildings)
    network = build_network(
        part,
        task.lines,
        task.worth,
        snap_tolerance=task.options.snap_tolerance,
        simplify_tolerance=task.options.simplify_tolerance,
        drop_below=0.3 * goals.cell_area,
        guides=gap_lines(
            near_buildings, buildings.polygons, np.concatenate([task.lines, [part.boundary]])
        )
        if gaps
        else None,
        spare=buildings.polygons,
    )
    goals = goals.among(network.barrier_length())
    near = shapely.intersection(task.lines, shapely.buffer(part, 20.0))
    load = Load.of(part, task.load_points, task.load_weights, task.options.load_share)
    goals = goals if load is None else goals.with_load()
    scene = Scene(goals, Nearness(part.bounds, near, RASTER_STEP), buildings, load)
    mesh = build_blocks(network)
    price_guides(mesh, scene.near, goals.weights.near_miss / goals.weights.barrier)
    part_strips(mesh, scene)
    mesh, goals, counts = _merged(mesh, goals, count, load, progress)
    scene = replace(scene, goals=goals)
    split_groups(mesh, counts, scene, progress=progress)
    return mesh, scene


def _merged(
    blocks: Mesh, goals: Goals, count: int, load: Load | None, progress: Progress
) -> tuple[Mesh, Goals, dict[int, int]]:
    """Merge blocks, first without making cells of the strips between carriageways.

    Only where that would leave too many barriers unused do strips become corridor cells, and
    never too many of them.
    """
    whole = _shown(blocks)

    def merged(corridor: float) -> tuple[Mesh, Goals, dict[int, int]]:
        mesh = blocks.copy()
        own = replace(goals, weights=replace(goals.weights, corridor=corridor))
        return mesh, own, merge_blocks(mesh, own, count, load, progress=progress)

    first = merged(np.inf)
    corridor = goals.weights.corridor
    if not np.isfinite(corridor) or _shown(first[0]) >= ENOUGH_USE * whole:
        return first
    for _ in range(MOST_TRIES):
        mesh, own, counts = merged(corridor)
        corridors = 0
        for face, cells in counts.items():
            figures = FaceFigures.of(mesh.coordinates(mesh.rings[face]))
            if own.block_stretch(figures.area, figures.perimeter, cells) > CORRIDOR:
                corridors += cells
        if corridors <= MOST_CORRIDORS * count:
            return mesh, own, counts
        corridor *= DEARER
    return first


def _shown(mesh: Mesh) -> float:
    """Return the length of barriers that faces share as a border, m."""
    edges = [e for e in mesh.barrier if e in mesh.face_of and e[::-1] in mesh.face_of]
    if not edges:
        return 0.0
    xy = np.array([[mesh.xy[a], mesh.xy[b]] for a, b in edges])
    return float(np.hypot(*(xy[:, 1] - xy[:, 0]).T).sum())


def _polygons(mesh: Mesh, part: shapely.Polygon, name: str) -> np.ndarray:
    """Return the mesh's faces as polygons after a last check."""
    rings = [mesh.coordinates(ring) for ring in mesh.rings.values()]
    cells = np.array([shapely.polygons(ring) for ring in rings])
    off = abs(shapely.area(cells).sum() - part.area) / part.area
    if off > EXACTNESS or not shapely.is_valid(cells).all():
        raise WanggeError(
            translate(
                "Wangge",
                "The cells of community {name} do not cover it exactly. Check its outline for "
                "parts that touch or cross themselves.",
            ).format(name=name)
        )
    return cells


def _figures(mesh: Mesh, goals: Goals) -> Figures:
    deviation = compactness = on = border = 0.0
    for ring in mesh.rings.values():
        xy = mesh.coordinates(ring)
        steps = np.hypot(*(np.roll(xy, -1, axis=0) - xy).T)
        local = xy - xy[0]
        after = np.roll(local, -1, axis=0)
        area = (local[:, 0] * after[:, 1] - local[:, 1] * after[:, 0]).sum() / 2
        deviation += (area / goals.cell_area - 1) ** 2
        compactness += 4 * np.pi * area / steps.sum() ** 2
        for i, step in enumerate(steps):
            a, b = ring[i], ring[(i + 1) % len(ring)]
            if (b, a) in mesh.face_of:
                border += step
                on += step if mesh.barrier.get(undirected(a, b), 0.0) > 0 else 0.0
    return Figures(len(mesh.rings), float(deviation), float(compactness), float(on), float(border))


def _exceptions(task: CommunityTask, cells: np.ndarray) -> tuple[BuildingException, ...]:
    """Return the buildings that a border of this community crosses, with the reason."""
    if not len(task.buildings):
        return ()
    inner = shapely.buffer(task.buildings, -0.05)
    tree = shapely.STRtree(inner)
    borders = shapely.boundary(cells)
    at, building = tree.query(borders, predicate="intersects")
    crossed = shapely.length(shapely.intersection(borders[at], inner[building])) > 0.05
    found = []
    outline = shapely.boundary(task.polygon)
    for b in np.unique(building[crossed]).tolist():
        if shapely.length(shapely.intersection(outline, inner[b])) > 0.05:
            reason = ExceptionReason.STRADDLES_COMMUNITY
        elif (shapely.length(shapely.intersection(task.lines, inner[b])) > 0.05).any():
            reason = ExceptionReason.UNDER_BARRIER
        else:
            reason = ExceptionReason.NO_CUT_COULD_SPARE
        found.append(BuildingException(int(task.building_index[b]), task.index, reason))
    return tuple(found)


def barrier_lines(barriers: np.ndarray, ranks: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
    """Return barrier line strings and the worth of each: 1 for the highest rank, then less."""
    lines, origin = lines_of(barriers)
    if ranks is None:
        return lines, np.ones(len(lines))
    rank = np.maximum(np.asarray(ranks, dtype=float)[origin], 0.0)
    rank = np.where(np.isfinite(rank), rank, np.nanmax(rank, initial=0.0))
    return lines, 0.4 + 0.6 * 0.75**rank
