"""Give components that the crosswalk brought to a class the 细类 that the city's rules name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ..standards.classes import ClassTable
from .columns import blank_to_null

if TYPE_CHECKING:
    from .migration import Migration, Rule


def subdivide(migration: Migration, rules: Sequence[Rule], classes: ClassTable) -> Migration:
    """Return the migration with ``subclass_code`` filled by rules that name a 细类.

    A rule holds for rows of its old class that reached the class of its 细类 and have none yet;
    the first that matches a row decides it.

    Parameters
    ----------
    migration : Migration
    rules : sequence of Rule
        Those that name a class or an end are left aside.
    classes : ClassTable
        With the city's 细类.
    """
    rows = migration.migrated
    if not len(rows):
        return migration
    old = dict(
        zip(
            migration.lineage.ids.tolist(),
            migration.lineage.text("old_class_code").tolist(),
            strict=True,
        )
    )
    old_class = np.array([old[i] for i in rows.ids.tolist()], dtype=object)
    new_class, chosen = rows.text("class_code"), rows.text("subclass_code").copy()
    for rule in rules:
        wanted = classes.subclass(rule.new_class)
        if wanted is None:
            continue
        fits = (chosen == "") & (old_class == rule.old_class) & (new_class == wanted.class_code)
        chosen[fits & rule.contained(rows)] = wanted.code
    return replace(migration, migrated=rows.with_fields(subclass_code=blank_to_null(chosen)))
