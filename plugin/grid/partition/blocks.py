"""From the network of one region to its first mesh: the blocks between barriers."""

from __future__ import annotations

import numpy as np
import shapely

from .mesh import Mesh, undirected
from .network import Network
from .surroundings import Nearness


def build_blocks(network: Network) -> Mesh:
    """Return the mesh of the blocks of a network.

    Segments that bound no face (dead ends) are kept as hidden barriers of the face they lie
    in.
    """
    xy, faces = network.xy, network.faces
    mesh = Mesh()
    mesh.xy = [(x, y) for x, y in xy.tolist()]
    mesh.fixed = [True] * len(xy)
    number = {place: i for i, place in enumerate(mesh.xy)}
    for (a, b), weight in zip(
        network.segments[network.kept].tolist(), network.weight[network.kept].tolist(), strict=True
    ):
        mesh.barrier[undirected(a, b)] = weight
    for face in faces:
        ring = shapely.get_coordinates(face)[:-1]
        if not shapely.is_ccw(shapely.get_exterior_ring(face)):
            ring = ring[::-1]
        mesh.add_face([number[x, y] for x, y in ring.tolist()])
    _hide_dead_ends(mesh, network, faces)
    return mesh


def _hide_dead_ends(mesh: Mesh, network: Network, faces: np.ndarray) -> None:
    """Give barriers that bound no face to the face they lie in."""
    loose = [
        (a, b)
        for a, b in network.segments[network.kept].tolist()
        if (a, b) not in mesh.face_of and (b, a) not in mesh.face_of
    ]
    if not loose:
        return
    ends = np.array(loose)
    middle = shapely.points(network.xy[ends].mean(axis=1))
    at, face = shapely.STRtree(faces).query(middle, predicate="within")
    numbers = list(mesh.rings)
    for i, f in zip(at.tolist(), face.tolist(), strict=True):
        mesh.hidden[numbers[f]].add(undirected(*loose[i]))


def price_guides(mesh: Mesh, near: Nearness, miss: float) -> None:
    """Give ways that are no barriers a worth below zero where they run beside one.

    ``miss`` is what a metre beside a barrier costs, measured in what a metre on one is worth.
    """
    guides = [edge for edge, worth in mesh.barrier.items() if worth == 0]
    if not guides:
        return
    xy = np.array([[mesh.xy[a], mesh.xy[b]] for a, b in guides])
    length = np.hypot(*(xy[:, 1] - xy[:, 0]).T)
    share = near.length_beside(xy[:, 0], xy[:, 1]) / np.maximum(length, 1e-9)
    for edge, part in zip(guides, share.tolist(), strict=True):
        mesh.barrier[edge] = -miss * part
