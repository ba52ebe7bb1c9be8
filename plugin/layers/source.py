"""What is to be read from a layer: all of it, a selection, a filter, other coordinates."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeatureRequest,
    QgsFields,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)


def _project_context() -> QgsCoordinateTransformContext:
    return QgsProject.instance().transformContext()


@dataclass(frozen=True)
class LayerSource:
    """A QGIS vector layer and which of its rows to read, in which CRS.

    Attributes
    ----------
    layer : QgsVectorLayer
    selected_only : bool
    expression : str
        QGIS expression that rows must fulfil; empty for all.
    crs : QgsCoordinateReferenceSystem or None
        CRS in which coordinates are wanted; None leaves them as they are.
    transform_context : QgsCoordinateTransformContext
    extent : QgsRectangle or None
        In the layer's own CRS; only rows whose bounds meet it.
    """

    layer: QgsVectorLayer
    selected_only: bool = False
    expression: str = ""
    crs: QgsCoordinateReferenceSystem | None = None
    transform_context: QgsCoordinateTransformContext = field(default_factory=_project_context)
    extent: QgsRectangle | None = None

    @property
    def name(self) -> str:
        """The layer's name, for messages."""
        return self.layer.name()

    @cached_property
    def fields(self) -> QgsFields:
        return self.layer.fields()

    @property
    def needs_transform(self) -> bool:
        return bool(
            self.crs is not None
            and self.crs.isValid()
            and self.layer.crs().isValid()
            and self.crs != self.layer.crs()
        )

    @property
    def crs_text(self) -> str:
        """Authority id of the coordinates that come out, WKT for a custom CRS."""
        crs = self.crs if self.needs_transform else self.layer.crs()
        if not crs.isValid():
            return ""
        return crs.authid() or crs.toWkt()

    def request(self) -> QgsFeatureRequest:
        """Return the request that fetches these rows feature by feature."""
        request = QgsFeatureRequest()
        if self.selected_only:
            request.setFilterFids(self.layer.selectedFeatureIds())
        if self.expression:
            request.combineFilterExpression(self.expression)
        if self.extent is not None:
            request.setFilterRect(self.extent)
        return request

    def count(self) -> int:
        """Return how many rows there are to read, -1 when it is not known."""
        if self.selected_only:
            return self.layer.selectedFeatureCount()
        return self.layer.featureCount()
