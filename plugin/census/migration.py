"""Move components and unit grids to a newer edition of the standard.

The crosswalk is data. What it maps to one class goes through; what it splits, leaves to a
person or ends (``split``, ``manual``, ``none``) goes into a review batch with the candidate
classes, until a rule or a person decides. No row is lost on the way: rows in = rows out +
rows in review.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ..errors import WanggeError
from ..rules.batch import Batch
from ..standards.classes import ClassTable, class_table
from ..standards.crosswalk import CrosswalkEntry, Passage, crosswalk
from ..standards.editions import Edition, edition
from ..translation import translate
from .columns import blank_to_null, nulls
from .grid_codes import widen_grid_codes
from .numbering import digits
from .subdividing import subdivide

#: Columns of a review batch beside the component's own.
CANDIDATES, KIND, OLD_CLASS = "candidates", "kind", "old_class_code"
#: A decision that ends a component instead of giving it a class.
RETIRE = "retire"


@dataclass(frozen=True)
class Rule:
    """A decision for many rows: which class, for rows of an old class that satisfy a test.

    Attributes
    ----------
    old_class : str
        Class code in the edition left.
    new_class : str
        Class code in the edition entered, a 细类 of the city (its class follows), or `RETIRE`.
    field, contains : str
        Only rows whose text in ``field`` contains this; empty: all.
    """

    old_class: str
    new_class: str
    field: str = ""
    contains: str = ""

    def matches(self, review: Batch) -> np.ndarray:
        """Return which rows of a review batch the rule decides, shape (n,) of bool."""
        return (review.text(OLD_CLASS) == self.old_class) & self.contained(review)

    def contained(self, rows: Batch) -> np.ndarray:
        """Return which rows have the text the rule asks for, shape (n,) of bool."""
        if not self.contains:
            return np.ones(len(rows), bool)
        return np.array([self.contains in t for t in rows.text(self.field)], dtype=bool)


@dataclass(frozen=True)
class Migration:
    """Result of a migration; ``len(migrated) + len(review) + len(retired) == rows in``.

    Attributes
    ----------
    migrated : Batch
        Rows of the new edition. Their ``component_code`` is null until numbered anew.
    review : Batch
        Undecided rows as they came, with `CANDIDATES` (codes, blank-separated), `KIND` and
        `OLD_CLASS`.
    retired : Batch
        Rows a decision has ended; as they came.
    lineage : Batch
        ``old_code``, ``new_code`` (null until numbered), ``operation``, ``old_class_code``,
        ``new_class_code``, ``uuid``: one row for each migrated or retired component.
    counts : dict
        Rows by kind of passage, and ``decided``.
    """

    migrated: Batch
    review: Batch
    retired: Batch
    lineage: Batch
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def is_complete(self) -> bool:
        return len(self.review) == 0


def migrate_standard(
    components: Batch,
    leave: str | Edition,
    enter: str | Edition = "",
    *,
    ways: Mapping[str, CrosswalkEntry] | None = None,
    classes: ClassTable | None = None,
    rules: Sequence[Rule] = (),
) -> Migration:
    """Migrate components to a newer edition.

    Parameters
    ----------
    components : Batch
        With ``class_code`` or, where that is blank, a ``component_code`` to take it from.
    leave, enter : str or Edition
    ways : mapping, optional
        A crosswalk of the city's own; by default that of the standards.
    classes : ClassTable, optional
        Classes of the new edition with the city's extensions; by default the standard's.
    rules : sequence of Rule
        Decisions made before; the first that matches a row decides it.

    Raises
    ------
    WanggeError
        When there is no way between the editions or a rule names a class that is not there.
    """
    old, new = edition(leave), edition(enter)
    table = classes or class_table(new)
    passages = crosswalk(old, new) if ways is None else ways
    old_class = _old_classes(components, old)
    distinct, inverse = np.unique(old_class.astype(str), return_inverse=True)
    entries = [passages.get(code) for code in distinct.tolist()]
    # A class that no crosswalk knows is a city's own or a mistake: a person decides.
    kinds = [e.kind.value if e else "unknown" for e in entries]
    targets = [(e.target or "") if e else "" for e in entries]
    candidates = [" ".join(e.targets) if e else "" for e in entries]

    target = np.array(targets, dtype=object)[inverse] if len(distinct) else old_class
    through = target != ""
    extra = {
        CANDIDATES: np.array(candidates, dtype=object)[inverse] if len(distinct) else nulls(0),
        KIND: np.array(kinds, dtype=object)[inverse] if len(distinct) else nulls(0),
        OLD_CLASS: old_class,
    }
    counts = dict(Counter(extra[KIND].tolist()))
    marked = components.with_fields(**extra)
    done = _moved(marked.take(through), target[through], table, "migrated")
    start = Migration(
        done.migrated,
        marked.take(~through),
        done.retired,
        done.lineage,
        {**{p.value: 0 for p in Passage}, "unknown": 0, **counts, "decided": 0},
    )
    return decide_by_rules(start, rules, enter=new, classes=table)


def _old_classes(components: Batch, old: Edition) -> np.ndarray:
    given = components.text("class_code")
    codes = components.text("component_code")
    _, proper = digits(codes, old.component_code_length)
    end = 6 + old.class_code_length
    from_code = np.array(
        [c[6:end] if ok else "" for c, ok in zip(codes, proper, strict=True)], dtype=object
    )
    return np.where(given == "", from_code, given).astype(object)


def _moved(rows: Batch, new_class: np.ndarray, table: ClassTable, operation: str) -> Migration:
    new_class, subclass = _class_and_subclass(new_class, table)
    ends = new_class == RETIRE
    previous = rows.text("component_code")
    lineage = Batch(
        {
            "old_code": blank_to_null(previous),
            "new_code": nulls(len(rows)),
            "operation": np.where(ends, "retired", operation).astype(object),
            "old_class_code": rows.text(OLD_CLASS),
            "new_class_code": blank_to_null(np.where(ends, "", new_class)),
            "uuid": blank_to_null(rows.text("uuid")),
        },
        None,
        rows.ids,
    )
    plain = _without(rows, (CANDIDATES, KIND, OLD_CLASS))
    names = {code: table[code].name_zh for code in set(new_class[~ends].tolist())}
    subclass = np.where(subclass == "", plain.text("subclass_code"), subclass)
    columns = {
        "subclass_code": blank_to_null(subclass.astype(object)),
        "class_code": new_class.astype(object),
        "component_code": nulls(len(rows)),
        "component_name": np.array([names.get(c) for c in new_class.tolist()], dtype=object),
        "standard": np.full(len(rows), table.edition.id, dtype=object),
    }
    if "grid_code" in plain.fields:
        columns["grid_code"] = widen_grid_codes(plain.fields["grid_code"])
    return Migration(
        plain.with_fields(**columns).take(~ends),
        rows.take(np.zeros(len(rows), bool)),
        plain.take(ends),
        lineage,
    )


def _class_and_subclass(chosen: np.ndarray, table: ClassTable) -> tuple[np.ndarray, np.ndarray]:
    pairs: dict[str, tuple[str, str]] = {}
    for code in set(chosen.tolist()):
        sub = table.subclass(code)
        pairs[code] = (code, "") if sub is None else (sub.class_code, sub.code)
    both = np.array([pairs[c] for c in chosen.tolist()], dtype=object).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _without(batch: Batch, names: Sequence[str]) -> Batch:
    kept = {k: v for k, v in batch.fields.items() if k not in names}
    return Batch(kept, batch.geometry, batch.ids, batch.crs, batch.nulls)


def decide_by_rules(
    migration: Migration,
    rules: Sequence[Rule],
    *,
    enter: str | Edition = "",
    classes: ClassTable | None = None,
) -> Migration:
    """Apply rules to the rows in review; the first that matches a row decides it."""
    table = classes or class_table(enter)
    choice = np.full(len(migration.review), "", dtype=object)
    for rule in rules:
        _check_class(rule.new_class, table)
        free = (choice == "") & rule.matches(migration.review)
        choice[free] = rule.new_class
    return subdivide(_decided(migration, choice, table), rules, table)


def decide_rows(
    migration: Migration,
    decisions: Mapping[int, str],
    *,
    enter: str | Edition = "",
    classes: ClassTable | None = None,
) -> Migration:
    """Apply decisions made one by one: id of a row in review -> class, 细类 or `RETIRE`.

    Raises
    ------
    WanggeError
        When an id is not in review or a class is not in the table.
    """
    table = classes or class_table(enter)
    for code in set(decisions.values()):
        _check_class(code, table)
    unknown = set(decisions) - set(migration.review.ids.tolist())
    if unknown:
        raise WanggeError(
            translate(
                "Wangge",
                "Row {id} is not in review: it was decided before or belongs to another layer.",
            ).format(id=min(unknown))
        )
    choice = np.array([decisions.get(i, "") for i in migration.review.ids.tolist()], dtype=object)
    return _decided(migration, choice, table)


def _check_class(code: str, table: ClassTable) -> None:
    if code != RETIRE and code not in table and table.subclass(code) is None:
        raise WanggeError(
            translate(
                "Wangge",
                "The decision names class {code}, which is not in {number}. Choose one that is.",
            ).format(code=code, number=table.edition.number)
        )


def _decided(migration: Migration, choice: np.ndarray, table: ClassTable) -> Migration:
    settled = choice != ""
    if not settled.any():
        return migration
    done = _moved(migration.review.take(settled), choice[settled], table, "decided")
    counts = dict(migration.counts)
    counts["decided"] = counts.get("decided", 0) + int(settled.sum())
    return Migration(
        _joined(migration.migrated, done.migrated),
        migration.review.take(~settled),
        _joined(migration.retired, done.retired),
        _joined(migration.lineage, done.lineage),
        counts,
    )


def _joined(first: Batch, second: Batch) -> Batch:
    if not len(first) or not len(second):
        return second if len(second) else first
    names = [n for n in first.fields if n in second.fields]
    masked = {n for b in (first, second) for n in b.nulls if n in names}
    shapes = None
    if first.geometry is not None and second.geometry is not None:
        shapes = np.concatenate([first.geometry, second.geometry])
    return Batch(
        {n: np.concatenate([first.fields[n], second.fields[n]]) for n in names},
        shapes,
        np.concatenate([first.ids, second.ids]),
        first.crs,
        {n: np.concatenate([first.is_null(n), second.is_null(n)]) for n in masked},
    )


def with_new_codes(migration: Migration, codes: np.ndarray) -> Migration:
    """Return the migration with the codes that `number_components` gave to ``migrated``."""
    new_code = dict(zip(migration.migrated.ids.tolist(), codes.tolist(), strict=True))
    filled = nulls(len(migration.lineage))
    filled[:] = [new_code.get(i) for i in migration.lineage.ids.tolist()]
    return Migration(
        migration.migrated.with_fields(component_code=codes),
        migration.review,
        migration.retired,
        migration.lineage.with_fields(new_code=filled),
        migration.counts,
    )
