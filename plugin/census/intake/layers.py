"""Which layer of a file holds the components."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ...errors import WanggeError
from ...translation import translate


def choose_layer(path: Path, layers: Sequence[str], filled: Sequence[str], wanted: str) -> str:
    """Return the layer to read.

    Parameters
    ----------
    path : Path
    layers : sequence of str
        All layers.
    filled : sequence of str
        Those with geometry and rows.
    wanted : str
        The user's choice; empty: the only filled one, or the one called ``component``.

    Raises
    ------
    WanggeError
        When it is not there, there is none, or several could be meant.
    """
    if wanted:
        if wanted in layers:
            return wanted
        raise WanggeError(
            translate(
                "Wangge",
                "The file {file} has no layer “{layer}”. It has: {layers}. Choose one of them.",
            ).format(file=path.name, layer=wanted, layers=", ".join(layers))
        )
    if not layers:
        raise WanggeError(
            translate(
                "Wangge", "The file {file} holds no vector layer. Choose another file."
            ).format(file=path.name)
        )
    if "component" in filled:
        return "component"
    if len(filled) > 1:
        raise WanggeError(
            translate(
                "Wangge",
                "The file {file} has several layers: {layers}. Say which one holds the components.",
            ).format(file=path.name, layers=", ".join(filled))
        )
    return filled[0] if filled else layers[0]
