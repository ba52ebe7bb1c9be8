"""The rank of a barrier from whatever a street layer says: a number, a Chinese class, an OSM tag."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

MOST_IMPORTANT, LEAST_IMPORTANT = 0, 5

# GB 50647-2011 classes of urban roads; highway, railway and waterway values of OpenStreetMap.
_WORDS: dict[str, int] = {
    **dict.fromkeys(
        ("motorway", "trunk", "快速路", "高速公路", "river", "河流", "rail", "铁路"), 0
    ),
    **dict.fromkeys(("primary", "主干路", "主干道", "canal", "运河", "light_rail", "subway"), 1),
    **dict.fromkeys(("secondary", "次干路", "次干道", "国道", "省道", "stream", "渠"), 2),
    **dict.fromkeys(("tertiary", "支路", "县道", "unclassified", "tram", "drain", "ditch"), 3),
    **dict.fromkeys(("residential", "living_street", "街坊路", "小区路", "乡道", "busway"), 4),
    **dict.fromkeys(("service", "pedestrian", "footway", "path", "track", "巷", "内部道路"), 5),
}


def ranks_of(values: Iterable) -> np.ndarray:
    """Return ranks from 0 (most important) to 5, shape (n,) of int64.

    Parameters
    ----------
    values : iterable
        Numbers are taken as ranks, words by the road classes above (a ``_link`` counts as its
        road); what is empty or unknown is least important.
    """
    ranks = []
    for value in values:
        text = "" if value is None else str(value).strip().lower().removesuffix("_link")
        try:
            ranks.append(int(np.clip(float(text), MOST_IMPORTANT, LEAST_IMPORTANT)))
        except (ValueError, OverflowError):
            ranks.append(_WORDS.get(text, LEAST_IMPORTANT))
    return np.array(ranks, dtype=np.int64)
