"""The six statistics and three dictionaries of a package, from the case layer and the standard."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from ...rules.batch import Batch
from ...standards.classes import class_table
from ...standards.exchange import EXCHANGE_TABLES
from ...standards.extension import extend_classes, extend_domains
from ...standards.profile import Profile
from ...standards.spec import FieldType
from ..cases.stages import STAGES, rates, recognised, stages
from ..cases.tally import Tally
from .areas import LENGTHS, AreaCounts, Names, community_codes, level_codes

_COUNTS = tuple(f"{stage}_count" for stage in STAGES)
_RATES = ("opened_rate", "handled_rate", "closed_rate")


class Statistics:
    """Everything a package counts; rows are added as they pass."""

    def __init__(self, profile: Profile):
        self.names = Names()
        self.cells: AreaCounts | None = None
        self.components: AreaCounts | None = None
        self.cases: AreaCounts | None = None
        self._domains = extend_domains(profile)
        self._classes = {
            "component": extend_classes(profile),
            "matter": class_table(profile.edition, "matter"),
        }
        self._areas = [level for level in profile.levels if level in LENGTHS]
        self._by_area = {level: Tally() for level in self._areas}
        self._by_department, self._by_type, self._by_source = Tally(), Tally(), Tally()
        self._all = Tally()
        self._first = self._last = np.datetime64("NaT", "D")

    def add_cells(self, batch: Batch) -> None:
        """Count the active unit grids."""
        self.cells = self.cells or AreaCounts()
        self.cells.add(batch.take(batch.is_null("end_date")))

    def add_components(self, batch: Batch) -> None:
        """Count components."""
        self.components = self.components or AreaCounts()
        self.components.add(batch)

    def add_cases(self, batch: Batch) -> None:
        """Count cases."""
        self.cases = self.cases or AreaCounts()
        self.cases.add(batch)
        reached = stages(batch, self._domains)
        homes = community_codes(batch)
        placed = ~np.equal(homes, "")
        for level, tally in self._by_area.items():
            tally.add([level_codes(homes[placed], level)], reached[placed])
        self._by_department.add([batch.text("department_code")], reached)
        type_ = recognised(batch, "case_type", self._domains["case_type"])
        self._by_type.add([type_, batch.text("class_code")], reached)
        source = recognised(batch, "source", self._domains["case_source"])
        self._by_source.add([source], reached)
        self._all.add([np.full(len(batch), "", object)], reached)
        self.names.add_departments(batch)
        days = batch.fields["reported_at"].astype("M8[D]")
        days = days[~np.isnat(days)]
        if len(days):
            self._first = np.fmin(self._first, days.min())
            self._last = np.fmax(self._last, days.max())

    def table(self, category: str) -> Batch:
        """Return the rows of a dictionary or statistic; no rows where nothing was read for it."""
        make: Mapping[str, Callable[[], list[dict[str, Any]]]] = {
            "case_source": lambda: self._values("case_source", "source"),
            "case_state": lambda: self._values("case_state", "state"),
            "case_class": self._case_classes,
            "area_case_statistics": self._area_cases,
            "department_case_statistics": self._department_cases,
            "area_total_statistics": self._area_totals,
            "case_total_statistics": self._case_totals,
            "case_type_statistics": self._case_types,
            "case_source_statistics": self._case_sources,
        }
        return _batch(category, make[category]())

    def _values(self, domain: str, stem: str) -> list[dict[str, Any]]:
        return [
            {f"{stem}_code": v.value, f"{stem}_name": v.zh} for v in self._domains[domain].values
        ]

    def _case_classes(self) -> list[dict[str, Any]]:
        return [
            {
                "case_type": type_,
                "class_code": code,
                "class_name": entry.name_zh,
                "major_code": entry.major_code,
                "major_name": entry.major_name_zh,
            }
            for type_, table in self._classes.items()
            for code, entry in table.items()
        ]

    def _counted(self, tally: Tally, groups: Sequence[tuple[str, ...]]) -> list[dict[str, Any]]:
        counts = tally.counts(groups)
        shares = rates(counts)
        return [
            {
                **dict(zip(_COUNTS, row, strict=True)),
                **dict(zip(_RATES, share, strict=True)),
                "period_start": self._first,
                "period_end": self._last,
            }
            for row, share in zip(counts.tolist(), shares.tolist(), strict=True)
        ]

    def _area_codes(self, level: str) -> list[str]:
        known = [c for c in self.names.areas() if len(c) == LENGTHS[level]]
        counted = [
            c[: LENGTHS[level]]
            for counts in (self.cells, self.components, self.cases)
            if counts
            for c in counts.communities()
        ]
        return sorted({*known, *counted})

    def _area(self, code: str, level: str) -> dict[str, Any]:
        return {"area_code": code, "area_name": self.names.area(code), "area_level": level}

    def _area_cases(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        for level in reversed(self._areas if self.cases else []):
            codes = self._area_codes(level)
            counted = self._counted(self._by_area[level], [(c,) for c in codes])
            rows += [self._area(c, level) | r for c, r in zip(codes, counted, strict=True)]
        return rows

    def _area_totals(self) -> list[dict[str, Any]]:
        return [
            self._area(code, level)
            | {
                name: None if counts is None else counts.count(code)
                for name, counts in (
                    ("unit_grid_count", self.cells),
                    ("component_count", self.components),
                    ("case_count", self.cases),
                )
            }
            for level in reversed(self._areas)
            for code in self._area_codes(level)
        ]

    def _case_totals(self) -> list[dict[str, Any]]:
        if not self.cases:
            return []
        districts = self._area_codes("district")
        code = districts[0] if len(districts) == 1 else _common(districts)
        level = "district" if len(districts) == 1 else "city"
        return [self._area(code, level) | self._counted(self._all, [("",)])[0]]

    def _department_cases(self) -> list[dict[str, Any]]:
        groups = [g for g in self._by_department.groups() if g[0]]
        return [
            {"department_code": g[0], "department_name": self.names.department(g[0])} | row
            for g, row in zip(groups, self._counted(self._by_department, groups), strict=True)
        ]

    def _case_types(self) -> list[dict[str, Any]]:
        groups = [g for g in self._by_type.groups() if all(g)]
        return [
            {"case_type": type_, "class_code": code, "class_name": self._class_name(type_, code)}
            | row
            for (type_, code), row in zip(groups, self._counted(self._by_type, groups), strict=True)
        ]

    def _class_name(self, type_: str, code: str) -> str | None:
        table = self._classes.get(type_)
        return table[code].name_zh if table and code in table else None

    def _case_sources(self) -> list[dict[str, Any]]:
        known = {v.value: v.zh for v in self._domains["case_source"].values}
        groups = [g for g in self._by_source.groups() if g[0]]
        return [
            {"source_code": g[0], "source_name": known.get(g[0])} | row
            for g, row in zip(groups, self._counted(self._by_source, groups), strict=True)
        ]


def _common(districts: Sequence[str]) -> str:
    """Return the code of the city or province of several districts, as GB/T 2260 makes it."""
    for digits in (4, 2):
        shared = {d[:digits] for d in districts}
        if len(shared) == 1:
            return shared.pop().ljust(6, "0")
    return "000000"


def _batch(category: str, rows: Sequence[Mapping[str, Any]]) -> Batch:
    fields: dict[str, np.ndarray] = {}
    nulls: dict[str, np.ndarray] = {}
    for field in EXCHANGE_TABLES[category].fields:
        values = [row[field.name] for row in rows]
        if field.type is FieldType.INTEGER:
            empty = np.array([v is None for v in values], bool)
            fields[field.name] = np.array([v or 0 for v in values], np.int64)
            if empty.any():
                nulls[field.name] = empty
        elif field.type is FieldType.REAL:
            fields[field.name] = np.array(values, np.float64)
        elif field.type is FieldType.DATE:
            fields[field.name] = np.array(values, "M8[D]")
        else:
            fields[field.name] = np.array([*values, None], object)[:-1]
    return Batch(fields, None, np.arange(1, len(rows) + 1, dtype=np.int64), "", nulls)
