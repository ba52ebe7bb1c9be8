"""The layer ``survey``: what a crew hands over, under the headings it is used to."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely

from ..rules.batch import Batch
from ..standards.editions import edition
from ..standards.layers import layer
from .columns import shapes_of

_HEADINGS = edition("cjt214_2007").id
POSITION_ERROR = 0.4


def make_survey(rng: np.random.Generator, components: Batch) -> Batch:
    """Derive a crew's delivery from the components.

    Every position is off by up to 0.4 m, and some 3 % of the components were not found again.
    """
    seen = np.flatnonzero(rng.random(len(components)) > 0.03)
    delivered = components.take(seen)
    xy = shapely.get_coordinates(shapes_of(delivered))
    angle = rng.uniform(0, 2 * np.pi, len(seen))
    reach = POSITION_ERROR * np.sqrt(rng.random(len(seen)))
    xy = np.round(xy + reach[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1), 3)
    component, survey = layer("component"), layer("survey")
    fields = {}
    for f in component.fields:
        heading = f.abbreviations.get(_HEADINGS, f.name)
        if heading in survey.names:
            fields[heading] = delivered.fields[f.name]
    return replace(
        delivered,
        fields={name: fields[name] for name in survey.names},
        geometry=shapely.points(xy),
        ids=np.arange(1, len(seen) + 1, dtype=np.int64),
    )
