"""Component rules on how many lie where: P16."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
from scipy.sparse import coo_array

from ..translation import translate
from .finding import Severity
from .ledger import Ledger
from .repeats import slabs
from .rule import Hits, Parameter, Subject, describe


def _check_density(ledger: Ledger, context, parameters) -> Iterator[Hits]:
    grids = context.grids
    classes = ledger.text("class_code")
    cell = ledger.column("cell")
    count = np.zeros((len(grids), len(classes.values)), np.int32)
    for part in slabs(len(cell)):
        inside = cell[part] >= 0
        flat = cell[part][inside].astype(np.int64) * len(classes.values)
        flat += classes.index[part][inside]
        np.add.at(count.reshape(-1), flat, 1)
    one, other = grids.tree.query(grids.geometry, predicate="intersects")
    apart = one != other
    near = coo_array(
        (np.ones(apart.sum()), (one[apart], other[apart])), shape=(len(grids), len(grids))
    ).tocsr()
    neighbours = np.maximum(np.asarray(near.sum(axis=1)).ravel(), 1)
    # Only where there is much of a class can there be too much of it.
    where, kind = np.nonzero(count >= parameters["least"])
    usual = np.empty(len(where))
    for k in np.unique(kind).tolist():
        mine = kind == k
        usual[mine] = ((near @ count[:, k]) / neighbours)[where[mine]]
    found = np.flatnonzero(count[where, kind] > parameters["factor"] * np.maximum(usual, 1))
    where, kind = where[found], kind[found]
    yield Hits(
        np.full(len(found), -1),
        translate(
            "Wangge",
            "Unit grid {cell} holds {value} components of class {kind}, its neighbours {usual:.1f} "
            "on average. Check that none was recorded several times.",
        ),
        "class_code",
        count[where, kind],
        {
            "cell": grids.codes[where],
            "kind": [classes.values[k] for k in kind.tolist()],
            "usual": usual[found],
        },
        geometry=grids.geometry[where],
        keys=grids.codes[where],
    )


def _check_empty(ledger: Ledger, context, parameters) -> Iterator[Hits]:
    grids = context.grids
    cell = ledger.column("cell")
    count = np.bincount(cell[cell >= 0], minlength=len(grids))
    found = np.flatnonzero(count == 0)
    yield Hits(
        np.full(len(found), -1),
        translate("Wangge", "Unit grid {cell} holds no component. Check that it was surveyed."),
        details={"cell": grids.codes[found]},
        geometry=grids.geometry[found],
        keys=grids.codes[found],
    )


_rule = partial(describe, Subject.COMPONENT)

RULES = (
    _rule(
        "P16",
        Severity.INFO,
        _check_density,
        ("Density like the neighbours'", "部件密度与邻格相近"),
        (
            "A unit grid holds far more components of a class than its neighbours.",
            "某类部件在单元网格内的数量远多于相邻网格。",
        ),
        across=True,
        keeps=("cell", "text:class_code"),
        needs=("grids",),
        fields=("class_code",),
        parameters=(
            Parameter("factor", 6.0, "", "Times the neighbours' mean.", "相对邻格均值的倍数。"),
            Parameter("least", 30, "", "Fewest to judge by.", "参与判断的最少数量。"),
        ),
        tags=("pattern",),
    ),
    _rule(
        "P16b",
        Severity.INFO,
        _check_empty,
        ("No empty unit grid", "无空白网格"),
        ("Unit grids without any component.", "没有任何部件的单元网格。"),
        across=True,
        keeps=("cell",),
        needs=("grids",),
        tags=("pattern",),
    ),
)
