"""One run of an algorithm: parameters in as values and columns, columns out as layers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NoReturn

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsFields,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
    QgsProviderRegistry,
    QgsVectorLayer,
)

from ..plugin.errors import WanggeError
from ..plugin.layers.columns import read_batches, read_columns
from ..plugin.layers.fields import keeps_titles, with_room, without_titles
from ..plugin.layers.source import LayerSource
from ..plugin.layers.styles import style_when_loaded
from ..plugin.layers.whole_table import holds_all, load_every_kind
from ..plugin.layers.writing import fill_geopackage, write_batches
from ..plugin.rules.batch import Batch
from ..plugin.translation import translate
from .destinations import in_a_file, is_in_memory, remove_half, sink_text


class FeedbackProgress:
    """Shows an engine's progress in the Processing log and hands on the user's cancel."""

    def __init__(self, feedback: QgsProcessingFeedback):
        self._feedback = feedback

    def report(self, fraction: float) -> None:
        self._feedback.setProgress(100.0 * fraction)

    def tell(self, message: str) -> None:
        self._feedback.pushInfo(message)

    def warn(self, message: str) -> None:
        self._feedback.pushWarning(message)

    def is_cancelled(self) -> bool:
        return self._feedback.isCanceled()


class Job:
    """Parameters, context and feedback of one run, with doors to columns and back."""

    def __init__(
        self,
        algorithm: QgsProcessingAlgorithm,
        parameters: dict,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ):
        self.algorithm = algorithm
        self.parameters = parameters
        self.context = context
        self.feedback = feedback
        self.progress = FeedbackProgress(feedback)
        self._read: set[Path] = set()

    # -- values ---------------------------------------------------------------------------

    def text(self, name: str) -> str:
        return self.algorithm.parameterAsString(self.parameters, name, self.context).strip()

    def number(self, name: str) -> float:
        return self.algorithm.parameterAsDouble(self.parameters, name, self.context)

    def integer(self, name: str) -> int:
        return self.algorithm.parameterAsInt(self.parameters, name, self.context)

    def flag(self, name: str) -> bool:
        return self.algorithm.parameterAsBoolean(self.parameters, name, self.context)

    def choice(self, name: str) -> str:
        """Return an enum parameter that uses static strings."""
        return self.algorithm.parameterAsEnumString(self.parameters, name, self.context)

    def is_given(self, name: str) -> bool:
        return self.parameters.get(name) not in (None, "")

    def file(self, name: str) -> Path | None:
        """Return the path of an input file, None when it is not given."""
        value = self.algorithm.parameterAsFile(self.parameters, name, self.context)
        return Path(value) if value else None

    def required_file(self, name: str) -> Path:
        """Return the path of an input file that must be given."""
        path = self.file(name)
        if path is None:
            raise WanggeError(
                translate(
                    "Wangge", "No file was given for {name}. Choose one and run again."
                ).format(name=name)
            )
        return path

    def file_output(self, name: str) -> Path | None:
        """Return where a file is to be written, None when it is not wanted."""
        if not self.is_given(name):
            return None
        value = self.algorithm.parameterAsFileOutput(self.parameters, name, self.context)
        return Path(value) if value else None

    def folder(self, name: str) -> Path:
        """Return an output folder, made when it is not there."""
        folder = Path(self.algorithm.parameterAsFileOutput(self.parameters, name, self.context))
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WanggeError(
                translate(
                    "Wangge", "The folder “{folder}” cannot be made: {reason}. Choose another one."
                ).format(folder=folder, reason=error.strerror or error)
            ) from error
        return folder

    # -- layers in ------------------------------------------------------------------------

    def layer(self, name: str) -> QgsVectorLayer | None:
        """Return the layer behind a parameter, None when it is optional and not given."""
        if not self.is_given(name):
            return None
        value = self.parameters[name]
        # With “selected features only” QGIS hands over the layer wrapped, and finds none in it.
        if isinstance(value, QgsProcessingFeatureSourceDefinition):
            value = value.source
        parameters = {**self.parameters, name: value}
        layer = self.algorithm.parameterAsVectorLayer(parameters, name, self.context)
        return self._checked(layer, name)

    def layers(self, name: str) -> list[QgsVectorLayer]:
        """Return the layers behind a multiple-layer parameter."""
        if not self.is_given(name):
            return []
        found = self.algorithm.parameterAsLayerList(self.parameters, name, self.context)
        if not found:
            self._refuse(name)
        return [self._checked(layer, name) for layer in found]

    def source(
        self, name: str, *, crs: QgsCoordinateReferenceSystem | None = None
    ) -> LayerSource | None:
        """Return what to read for a parameter: selection and filter included."""
        layer = self.layer(name)
        if layer is None:
            return None
        value = self.parameters.get(name)
        selected, expression = False, ""
        if isinstance(value, QgsProcessingFeatureSourceDefinition):
            selected, expression = value.selectedFeaturesOnly, value.filterExpression
        return LayerSource(
            layer, selected, expression, crs, transform_context=self.context.transformContext()
        )

    def required_source(
        self, name: str, *, crs: QgsCoordinateReferenceSystem | None = None
    ) -> LayerSource:
        """Return what to read for a parameter that must be given."""
        source = self.source(name, crs=crs)
        if source is None:
            self._refuse(name)
        return source

    def sources(
        self, name: str, *, crs: QgsCoordinateReferenceSystem | None = None
    ) -> list[LayerSource]:
        """Return what to read for a multiple-layer parameter."""
        context = self.context.transformContext()
        return [
            LayerSource(layer, crs=crs, transform_context=context) for layer in self.layers(name)
        ]

    def columns(
        self, source: LayerSource, *, names: Iterable[str] | None = None, geometry: bool = True
    ) -> Batch:
        return read_columns(source, names=names, geometry=geometry, progress=_Quiet(self.progress))

    def batches(
        self, source: LayerSource, *, names: Iterable[str] | None = None, geometry: bool = True
    ) -> Iterator[Batch]:
        return read_batches(source, names=names, geometry=geometry, progress=_Quiet(self.progress))

    # -- layers out -----------------------------------------------------------------------

    def save(
        self,
        name: str,
        rows: Batch | Iterable[Batch],
        fields: QgsFields,
        geometry: Qgis.WkbType,
        crs: QgsCoordinateReferenceSystem,
        *,
        style: str = "",
        derived: bool | str = False,
    ) -> str | None:
        """Write columns to a destination parameter and return the id of the layer made.

        All rows or none: a destination that fails half-way is removed again. None is
        returned for an optional destination that is not wanted. A derived layer only shows
        others, and no step takes it for its input but the one for which a text names its role.
        """
        if not self.is_given(name):
            return None
        batches = [rows] if isinstance(rows, Batch) else rows
        if isinstance(rows, Batch) and not holds_all(geometry, rows):
            # QGIS takes a table of several kinds for one of that of its first row.
            geometry = Qgis.WkbType.Unknown
        self.refuse_own_source(name)
        parameters = self.parameters
        if geometry == Qgis.WkbType.Unknown:
            parameters = {**parameters, name: in_a_file(parameters[name], name, self.context)}
        sink, destination = self.algorithm.parameterAsSink(
            parameters,
            name,
            self.context,
            self._fitting(fields, rows, parameters[name]),
            geometry,
            crs,
        )
        if sink is None:
            remove_half(parameters[name])
            raise WanggeError(
                translate(
                    "Wangge",
                    "The output “{name}” cannot be written to “{destination}”. Check that the folder "
                    "exists, that it is writable and that no other program holds the file.",
                ).format(name=name, destination=self.text(name))
            )
        parts = QgsProviderRegistry.instance().decodeUri("ogr", destination)
        path = Path(parts.get("path") or "")
        quiet = _Quiet(self.progress)
        try:
            if path.suffix.lower() == ".gpkg" and path.is_file():
                sink = None  # closes the file, which QGIS has made with its schema
                fill_geopackage(path, parts.get("layerName") or path.stem, batches, progress=quiet)
            else:
                write_batches(sink, fields, batches, progress=quiet)
        except BaseException:
            sink = None
            remove_half(parameters[name])
            raise
        del sink
        if (style or derived) and self.context.willLoadLayerOnCompletion(destination):
            details = self.context.layerToLoadOnCompletionDetails(destination)
            style_when_loaded(details, style, derived=derived)
        if geometry == Qgis.WkbType.Unknown:
            load_every_kind(self.context, destination, derived=derived)
        return destination

    def _fitting(self, fields: QgsFields, rows: object, destination) -> QgsFields:
        """Return fields as the destination takes them.

        Where it keeps no titles QGIS warns of each one, which buries what deserves a look.
        """
        text = sink_text(destination)
        if isinstance(rows, Batch) and is_in_memory(text):
            fields = with_room(fields, rows)
        return fields if keeps_titles(text) else without_titles(fields)

    # -- refusals -------------------------------------------------------------------------

    def _checked(self, layer: QgsVectorLayer | None, name: str) -> QgsVectorLayer:
        if layer is None or not isinstance(layer, QgsVectorLayer) or not layer.isValid():
            self._refuse(name)
        if layer.providerType() == "ogr":
            path = QgsProviderRegistry.instance().decodeUri("ogr", layer.source()).get("path")
            if path:
                self._read.add(Path(path).resolve())
        return layer

    def _refuse(self, name: str) -> NoReturn:
        definition = self.algorithm.parameterDefinition(name)
        raise QgsProcessingException(
            translate(
                "Wangge",
                "“{title}” ({name}): the layer “{value}” cannot be opened. Check the path and, for "
                "a GeoPackage, the layer name after “|layername=”.",
            ).format(title=definition.description(), name=name, value=self.parameters.get(name, ""))
        )

    def refuse_own_source(self, name: str) -> None:
        """Refuse a destination that this run reads from; `save` does, others may ask before."""
        # QGIS would replace the whole file, and with it the layers being read. Asked in a context
        # of its own: the question alone notes the layer for loading, under a name it may not get.
        aside = QgsProcessingContext()
        target = self.algorithm.parameterAsOutputLayer(self.parameters, name, aside)
        path = QgsProviderRegistry.instance().decodeUri("ogr", target or "").get("path") or ""
        if path and Path(path).resolve() in self._read:
            raise WanggeError(
                translate(
                    "Wangge",
                    "The output “{path}” is a file that this run reads from; writing it would destroy "
                    "the input. Choose another file.",
                ).format(path=path)
            )


class _Quiet(FeedbackProgress):
    """Passes on cancel and messages; reading and writing do not move the bar of the engine."""

    def __init__(self, progress: FeedbackProgress):
        super().__init__(progress._feedback)

    def report(self, fraction: float) -> None:
        pass
