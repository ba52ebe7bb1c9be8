"""The classes of an edition as tables that forms look things up in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import numpy as np

from ..rules.batch import Batch
from ..standards.classes import ClassTable
from ..standards.pinyin import initials
from ..standards.spec import FieldSpec, LayerSpec, Obligation

_M = Obligation.MANDATORY


def _field(name: str, length: int, en: str, zh: str, obligation=Obligation.OPTIONAL) -> FieldSpec:
    return FieldSpec(name, length=length, alias_en=en, alias_zh=zh, obligation=obligation)


_LABEL = _field("label", 80, "code and name", "代码与名称")
_NAMES = (
    _field("name_zh", 60, "Chinese name", "名称"),
    _field("name_en", 100, "English name", "英文名称"),
    _field("initials", 40, "pinyin initials", "拼音首字母"),
)

#: Major classes, minor classes and 细类.
CLASS_LAYERS: Mapping[str, LayerSpec] = MappingProxyType(
    {
        "component_major": LayerSpec(
            "component_major",
            (_field("major_code", 2, "major class", "大类", _M), _LABEL, *_NAMES),
            "major_code",
            title_en="Major classes",
            title_zh="部件大类",
        ),
        "component_class": LayerSpec(
            "component_class",
            (
                _field("class_code", 5, "class code", "类别代码", _M),
                _LABEL,
                _field("major_code", 2, "major class", "大类", _M),
                *_NAMES,
                _field("geometry", 20, "geometry", "几何类型"),
                _field("accuracy", 1, "accuracy grade", "精度等级"),
                _field("status", 20, "origin", "来源"),
            ),
            "class_code",
            title_en="Component classes",
            title_zh="部件小类",
        ),
        "component_subclass": LayerSpec(
            "component_subclass",
            (
                _field("subclass_code", 10, "subclass code", "细类代码", _M),
                _LABEL,
                _field("class_code", 5, "class code", "类别代码", _M),
                *_NAMES,
            ),
            "subclass_code",
            title_en="Component subclasses",
            title_zh="部件细类",
        ),
    }
)


def class_batches(table: ClassTable) -> dict[str, Batch]:
    """Return the rows of `CLASS_LAYERS` for an edition with a city's own classes.

    ``label`` is the code with the name in the user's language; ``initials`` are those of the
    Chinese name, for searching.
    """
    majors = {
        c.major_code: (c.major_name, c.major_name_zh, c.major_name_en) for c in table.values()
    }
    subclasses = [s for code in table for s in table.subclasses(code)]
    return {
        "component_major": _batch(
            "component_major",
            (
                (code, f"{code} {name}", zh, en, initials(zh))
                for code, (name, zh, en) in sorted(majors.items())
            ),
        ),
        "component_class": _batch(
            "component_class",
            (
                (
                    c.code,
                    f"{c.code} {c.name}",
                    c.major_code,
                    c.name_zh,
                    c.name_en,
                    initials(c.name_zh),
                    " ".join(g.value for g in c.geometries),
                    c.accuracy,
                    c.status,
                )
                for c in sorted(table.values(), key=lambda c: c.code)
            ),
        ),
        "component_subclass": _batch(
            "component_subclass",
            (
                (
                    s.code,
                    f"{s.code} {s.name}",
                    s.class_code,
                    s.name_zh,
                    s.name_en,
                    initials(s.name_zh),
                )
                for s in subclasses
            ),
        ),
    }


def _batch(name: str, rows: Iterable[tuple]) -> Batch:
    listed = list(rows)
    fields = {}
    for i, field in enumerate(CLASS_LAYERS[name].names):
        column = np.full(len(listed), None, dtype=object)
        column[:] = [row[i] for row in listed]
        fields[field] = column
    return Batch(fields, None, np.arange(1, len(listed) + 1, dtype=np.int64), "", {})
