"""The layer ``component``: codes, names, departments and dates for what stands in the streets."""

from __future__ import annotations

import numpy as np
import shapely

from ..errors import WanggeError
from ..rules.batch import Batch
from ..standards.classes import class_table
from ..standards.editions import DEFAULT_EDITION, SEQUENCE_WIDTH
from ..translation import translate
from .areas import Areas
from .columns import fill
from .departments import Departments
from .habits import HABITS
from .names import numbers, people, uuids

FIRST = np.datetime64("2019-04-01")


def component_batch(
    rng: np.random.Generator,
    areas: Areas,
    departments: Departments,
    xy: np.ndarray,
    habit: np.ndarray,
    grid_code: np.ndarray,
    community: np.ndarray,
    *,
    today: np.datetime64,
    crs: str,
) -> Batch:
    """Describe placed components.

    Parameters
    ----------
    xy : ndarray of float, shape (n, 2)
    habit : ndarray of int, shape (n,)
        Row in `habits.HABITS`, ascending.
    grid_code : ndarray of object, shape (n,)
        Of the cell each stands in.
    community : ndarray of int, shape (n,)
    """
    n = len(xy)
    table = class_table(DEFAULT_EDITION)
    codes = np.array([h.code for h in HABITS], dtype=object)
    names = np.array([table[h.code].name_zh for h in HABITS], dtype=object)
    status = rng.choice(
        np.array(["完好", "破损", "丢失", "废弃"], dtype=object), n, p=[0.93, 0.05, 0.01, 0.01]
    )
    first = FIRST + rng.integers(0, int((today - FIRST).astype(int)) - 200, n)
    changed = np.full(n, np.datetime64("NaT", "D"))
    touched = (status != "完好") | (rng.random(n) < 0.08)
    span = (today - first[touched]).astype(int)
    changed[touched] = first[touched] + (1 + rng.random(touched.sum()) * (span - 1)).astype(int)
    mapped = rng.random(n) < 0.2
    crew = people(rng, 24)
    surveyed = first.astype("datetime64[ms]") + (
        rng.integers(8 * 3600, 18 * 3600, n) * 1000
    ).astype("timedelta64[ms]")
    body = np.array([h.body for h in HABITS], dtype=object)
    owner = np.array([h.owner or h.body for h in HABITS], dtype=object)

    def of(keys: np.ndarray, table: dict[str, str]) -> np.ndarray:
        return np.array([table[k] for k in keys], dtype=object)[habit]

    return fill(
        "component",
        shapely.points(xy),
        crs=crs,
        component_code=component_codes(areas.district_code, codes[habit]),
        component_name=names[habit],
        class_code=codes[habit],
        authority_code=of(body, departments.codes),
        authority_name=of(body, departments.names),
        owner_code=of(owner, departments.codes),
        owner_name=of(owner, departments.names),
        maintainer_code=of(owner, departments.codes),
        maintainer_name=of(owner, departments.names),
        grid_code=grid_code,
        status=status,
        first_date=first,
        changed_date=changed,
        source=np.where(mapped, "地形图", "实测").astype(object),
        street_code=areas.street_codes[areas.street[community]],
        street_name=areas.street_names[areas.street[community]],
        community_code=areas.community_codes[community],
        community_name=areas.community_names[community],
        uuid=uuids(rng, n),
        standard=DEFAULT_EDITION.id,
        accuracy=np.where(mapped, "B", "A").astype(object),
        surveyor=rng.choice(crew, n),
        surveyed_at=surveyed,
    )


def component_codes(district: str, class_code: np.ndarray) -> np.ndarray:
    """Number the components of each class from 1: district, class and six digits.

    Raises
    ------
    WanggeError
        When a class has more components in the district than six digits number.
    """
    kinds, number, counts = np.unique(
        class_code.astype(str), return_inverse=True, return_counts=True
    )
    if counts.max(initial=0) >= 10**SEQUENCE_WIDTH:
        raise WanggeError(
            translate(
                "Wangge",
                "The sample city would hold {count} components of class {code}; a district "
                "numbers at most 999999. Ask for fewer components or a larger area.",
            ).format(count=int(counts.max()), code=kinds[counts.argmax()])
        )
    order = np.argsort(number, kind="stable")
    start = np.cumsum(counts) - counts
    sequence = np.empty(len(class_code), dtype=np.int64)
    sequence[order] = np.arange(len(class_code)) - np.repeat(start, counts) + 1
    return district + class_code + numbers(sequence, SEQUENCE_WIDTH)
