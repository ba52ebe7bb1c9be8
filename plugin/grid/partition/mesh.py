"""Faces of one region as rings over shared nodes: whatever is done, neighbours stay vertex-identical.

A face is a simple ring of node numbers, counter-clockwise. Each directed edge belongs to one
face, so the neighbour over an edge is the face of the reversed edge. Barriers that no border
uses at present stay with the face they lie in (``hidden``), so that a later cut can take them
up again.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import numpy as np

Edge = tuple[int, int]


def undirected(a: int, b: int) -> Edge:
    """Return the edge's key irrespective of direction."""
    return (a, b) if a < b else (b, a)


class Mesh:
    """Planar faces that are merged and cut in place."""

    def __init__(self) -> None:
        self.xy: list[tuple[float, float]] = []
        self.fixed: list[bool] = []
        self.rings: dict[int, list[int]] = {}
        self.face_of: dict[Edge, int] = {}
        self.barrier: dict[Edge, float] = {}
        self.hidden: dict[int, set[Edge]] = {}
        self._next_face = 0

    def copy(self) -> Mesh:
        """Return a mesh that can be changed on its own."""
        other = Mesh()
        other.xy, other.fixed = self.xy.copy(), self.fixed.copy()
        other.rings = {face: ring.copy() for face, ring in self.rings.items()}
        other.face_of, other.barrier = self.face_of.copy(), self.barrier.copy()
        other.hidden = {face: edges.copy() for face, edges in self.hidden.items()}
        other._next_face = self._next_face
        return other

    def add_node(self, x: float, y: float, fixed: bool) -> int:
        """Add a node; one that is not fixed vanishes when no border ends in it any more."""
        self.xy.append((x, y))
        self.fixed.append(fixed)
        return len(self.xy) - 1

    def add_face(self, ring: list[int], hidden: Iterable[Edge] = ()) -> int:
        """Add a face with a counter-clockwise ring and return its number."""
        face = self._next_face
        self._next_face += 1
        self.write(face, ring, set(hidden))
        return face

    def write(self, face: int, ring: list[int], hidden: set[Edge]) -> None:
        """Set the ring of a face."""
        self.rings[face] = ring
        self.hidden[face] = hidden
        face_of = self.face_of
        before = ring[-1]
        for node in ring:
            face_of[before, node] = face
            before = node

    def erase(self, face: int) -> None:
        """Take a face out."""
        ring = self.rings.pop(face)
        del self.hidden[face]
        before = ring[-1]
        for node in ring:
            del self.face_of[before, node]
            before = node

    def coordinates(self, ring: list[int]) -> np.ndarray:
        """Return the ring's nodes as an (n, 2) array, not closed."""
        xy = self.xy
        return np.array([xy[n] for n in ring])

    def neighbours(self, face: int) -> list[int]:
        """Return the faces that share an edge with ``face``, in ring order."""
        ring = self.rings[face]
        found: dict[int, None] = {}
        before = ring[-1]
        for node in ring:
            other = self.face_of.get((node, before))
            if other is not None:
                found[other] = None
            before = node
        return list(found)

    def shared_run(self, one: int, two: int) -> list[int] | None:
        """Return the nodes of the border between two faces in the order of ``one``'s ring.

        None when they share no edge, more than one stretch, or everything: merging them
        would not give a simple ring.
        """
        ring = self.rings[one]
        n = len(ring)
        face_of = self.face_of
        shared = [face_of.get((ring[(i + 1) % n], ring[i])) == two for i in range(n)]
        starts = [i for i in range(n) if shared[i] and not shared[i - 1]]
        if len(starts) != 1:
            return None
        start = starts[0]
        run = [ring[start]]
        i = start
        while shared[i % n]:
            i += 1
            run.append(ring[i % n])
        # The faces may still meet in a lone point elsewhere: the merged ring would touch itself.
        inside = set(run)
        rest = {node for node in ring if node not in inside}
        if any(node in rest for node in self.rings[two]):
            return None
        return run

    def is_junction(self, face: int, at: int) -> bool:
        """Tell whether the neighbour changes at the ``at``-th node of a face's ring."""
        ring = self.rings[face]
        before, node, after = ring[at - 1], ring[at], ring[(at + 1) % len(ring)]
        return self.face_of.get((node, before)) != self.face_of.get((after, node))

    def merged_ring(self, one: int, two: int, run: list[int]) -> list[int]:
        """Return the ring of both faces together; it starts at the end of ``run``."""
        first, last = run[0], run[-1]
        ring = self.rings[one]
        at = ring.index(last)
        ring = ring[at:] + ring[:at]
        part_one = ring[: ring.index(first)]
        other = self.rings[two]
        at = other.index(first)
        other = other[at:] + other[:at]
        part_two = other[: other.index(last)]
        return part_one + part_two

    def merge(self, one: int, two: int, run: list[int], *, tidy: bool = True) -> int:
        """Merge two faces over their border; returns the surviving number, ``one``."""
        ring = self.merged_ring(one, two, run)
        hidden = self.hidden[one] | self.hidden[two] | self._barriers_of(run)
        self.erase(one)
        self.erase(two)
        self.write(one, ring, hidden)
        if tidy:
            self.dissolve(one, run[0])
            self.dissolve(one, run[-1])
        return one

    def rename(self, face: int, name: int) -> None:
        """Give a face another number."""
        ring, hidden = self.rings[face], self.hidden[face]
        self.erase(face)
        self.write(name, ring, hidden)

    def _barriers_of(self, run: list[int]) -> set[Edge]:
        keys = (undirected(a, b) for a, b in itertools.pairwise(run))
        found = {key for key in keys if key in self.barrier}
        for a, b in found:
            self.fixed[a] = self.fixed[b] = True
        return found

    def sides(self, face: int, path: list[int]) -> tuple[list[int], list[int]]:
        """Return the rings a cut along ``path`` would leave: from its start to its end, and back."""
        ring = self.rings[face]
        at = ring.index(path[0])
        ring = ring[at:] + ring[:at]
        end = ring.index(path[-1])
        inner = path[1:-1]
        first = ring[: end + 1] + inner[::-1]
        second = [*ring[end:], ring[0], *inner]
        return first, second

    def split(self, face: int, path: list[int], hidden: tuple[set[Edge], set[Edge]]) -> int:
        """Cut a face along ``path``, whose ends lie on its ring; returns the new face.

        The old number keeps the side right of the path's way, that is the ring from the
        path's end round to its start; the new face runs from its start to its end.
        """
        first, second = self.sides(face, path)
        self.erase(face)
        self.write(face, second, hidden[1])
        return self.add_face(first, hidden[0])

    def insert(self, a: int, b: int, x: float, y: float, *, fixed: bool = False) -> int:
        """Put a node on edge ``a``–``b`` into the rings on both sides of it."""
        node = self.add_node(x, y, fixed)
        for start, end in ((a, b), (b, a)):
            face = self.face_of.pop((start, end), None)
            if face is not None:
                ring = self.rings[face]
                ring.insert(ring.index(end), node)
                self.face_of[start, node] = face
                self.face_of[node, end] = face
        rank = self.barrier.pop(undirected(a, b), None)
        if rank is not None:
            self.barrier[undirected(a, node)] = rank
            self.barrier[undirected(node, b)] = rank
        return node

    def dissolve(self, face: int, node: int) -> bool:
        """Take a node out of the rings again if no border ends or bends in it."""
        ring = self.rings[face]
        if self.fixed[node] or node not in ring or len(ring) <= 3:
            return False
        at = ring.index(node)
        a, b = ring[at - 1], ring[(at + 1) % len(ring)]
        other = self.face_of.get((b, node))
        if other != self.face_of.get((node, a)) or (b, a) in self.face_of or (a, b) in self.face_of:
            return False
        if other is not None and len(self.rings[other]) <= 3:
            return False
        (ax, ay), (x, y), (bx, by) = self.xy[a], self.xy[node], self.xy[b]
        span = max(abs(bx - ax), abs(by - ay), 1e-12)
        if abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) > 1e-7 * span:
            return False  # a bend of the border, not just a point on it
        for start, end, owner in ((a, b, face), (b, a, other)):
            if owner is None:
                continue
            self.rings[owner].remove(node)
            del self.face_of[start, node], self.face_of[node, end]
            self.face_of[start, end] = owner
        rank = self.barrier.pop(undirected(a, node), None)
        self.barrier.pop(undirected(node, b), None)
        if rank is not None:
            self.barrier[undirected(a, b)] = rank
        return True
