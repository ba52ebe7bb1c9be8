"""Districts that bring files of their own: listed in a table, or one GeoPackage each in a folder."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from qgis.core import QgsProviderRegistry, QgsVectorLayer

from ..plugin.districts.model import JobKind
from ..plugin.errors import WanggeError
from ..plugin.layers.columns import read_columns
from ..plugin.layers.source import LayerSource
from ..plugin.rules.batch import Batch
from ..plugin.standards.layers import layer as layer_spec
from ..plugin.translation import translate
from .district_layers import PARAMETERS, SHARES, main_crs, shapes_of
from .inputs import renamed, require_field
from .job import Job

_DISTRICT = 6
_BETWEEN = ";"
#: Layer of the product -> tables of a district's GeoPackage.
_TABLES = {
    "barrier": ("street", "water"),
    **{name: (name,) for name in PARAMETERS if name not in ("barrier", "load")},
}


class DistrictFiles:
    """Layers that each hold one district.

    Parameters
    ----------
    job : Job
    files : mapping of str to (mapping of str to list of str)
        District -> layer of the product -> sources as QGIS takes them.
    names : mapping of str to str
        District code -> name.
    """

    def __init__(self, job: Job, files: Mapping[str, Mapping[str, list[str]]], names: dict):
        self._job = job
        self._files = files
        self._names = names

    @property
    def names(self) -> Mapping[str, str]:
        return self._names

    def read(self, kind: JobKind, district: str) -> dict[str, Batch]:
        wanted = {n: s for n, s in self._files[district].items() if n in SHARES[kind]}
        main = next(iter(SHARES[kind]))
        if main not in wanted:
            raise WanggeError(
                translate(
                    "Wangge",
                    "District {district} has no rows in the layer {layer}. Give it some, "
                    "or leave the district out.",
                ).format(district=district, layer=layer_spec(main).title)
            )
        opened = {name: [_open(district, s) for s in texts] for name, texts in wanted.items()}
        crs = main_crs(kind, LayerSource(opened[main][0]))
        context = self._job.context.transformContext()
        read = {}
        for name, layers in opened.items():
            sources = [LayerSource(x, crs=crs, transform_context=context) for x in layers]
            if name in ("barrier", "building", "water", "load"):
                read[name] = shapes_of(self._job, name, sources)
            else:
                read[name] = renamed(self._job.columns(sources[0]), layer_spec(name))
        return read

    def left_over(self) -> dict[str, int]:
        """Nothing is left over: every row is its district's."""
        return {}


def listed_files(job: Job, table: Path) -> DistrictFiles:
    """Return the districts of a table: ``district_code``, ``district_name`` and one column a layer.

    The columns are called as the parameters (``communities``, ``grids`` …); relative paths
    start at the table, several barriers are parted by semicolons.
    """
    source = LayerSource(_table(table))
    rows = read_columns(source, geometry=False)
    require_field(rows, source, "district_code")
    present = {name.lower(): name for name in rows.fields}
    files: dict[str, dict[str, list[str]]] = {}
    names: dict[str, str] = {}
    titles = rows.text(present.get("district_name", "")).tolist()
    for text, title in zip(rows.text("district_code").tolist(), titles, strict=True):
        code = _checked(text.strip(), table)
        _refuse_second(code, names, table)
        names[code], files[code] = title or code, {}
    for layer, parameter in PARAMETERS.items():
        column = rows.text(present.get(parameter.lower(), "")).tolist()
        for code, cell in zip(files, column, strict=True):
            texts = [t.strip() for t in cell.split(_BETWEEN) if t.strip()]
            if texts:
                files[code][layer] = [_beside(table, t) for t in texts]
    return DistrictFiles(job, files, names)


def delivered_files(job: Job, folder: Path) -> DistrictFiles:
    """Return the districts of a folder: GeoPackages whose names begin with the district's code."""
    files: dict[str, dict[str, list[str]]] = {}
    names: dict[str, str] = {}
    for path in sorted(folder.glob("*.gpkg")):
        code = path.stem[:_DISTRICT]
        if len(code) != _DISTRICT or not code.isdigit():
            continue
        _refuse_second(code, names, path)
        there = _tables_of(path)
        names[code] = path.stem[_DISTRICT:].strip(" _-") or code
        files[code] = {
            layer: [f"{path}|layername={t}" for t in tables if t in there]
            for layer, tables in _TABLES.items()
            if there & set(tables)
        }
    if not files:
        raise WanggeError(
            translate(
                "Wangge",
                "“{folder}” has no GeoPackage whose name begins with the 6 digits of a district.",
            ).format(folder=folder)
        )
    return DistrictFiles(job, files, names)


def _tables_of(path: Path) -> set[str]:
    found = QgsProviderRegistry.instance().querySublayers(str(path))
    return {details.name() for details in found}


def _table(path: Path) -> QgsVectorLayer:
    layer = QgsVectorLayer(str(path), path.name, "ogr")
    if not layer.isValid():
        raise WanggeError(
            translate(
                "Wangge",
                "The table “{path}” cannot be opened. CSV, xlsx, ods and GeoPackage serve.",
            ).format(path=path)
        )
    return layer


def _checked(code: str, table: Path) -> str:
    if len(code) != _DISTRICT or not (code.isascii() and code.isdigit()):
        raise WanggeError(
            translate(
                "Wangge", "“{table}”, field district_code: “{value}” is no code of 6 digits."
            ).format(table=table.name, value=code)
        )
    return code


def _refuse_second(code: str, known: Collection[str], path: Path) -> None:
    if code in known:
        raise WanggeError(
            translate(
                "Wangge",
                "District {district} is there twice, the second time in “{file}”. Leave one.",
            ).format(district=code, file=path.name)
        )


def _beside(table: Path, text: str) -> str:
    path, bar, rest = text.partition("|")
    return f"{table.parent / path}{bar}{rest}"


def _open(district: str, text: str) -> QgsVectorLayer:
    layer = QgsVectorLayer(text, Path(text.partition("|")[0]).stem, "ogr")
    if not layer.isValid():
        raise WanggeError(
            translate(
                "Wangge",
                "District {district}: the layer “{layer}” cannot be opened. Check the path and, for "
                "a GeoPackage, the layer name after “|layername=”.",
            ).format(district=district, layer=text)
        )
    return layer
