"""Open a census project in a QGIS without Wangge, add a component through its form, tell of it."""

import json
import sys

from qgis.core import (
    QgsApplication,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsGeometry,
    QgsProject,
    QgsVectorLayerUtils,
)
from qgis.gui import QgsAttributeEditorContext, QgsAttributeForm, QgsGui, QgsRelationReferenceWidget
from qgis.PyQt.QtWidgets import QTabWidget

application = QgsApplication([], True)
application.initQgis()
QgsGui.editorWidgetRegistry().initEditors()
project = QgsProject.instance()
assert project.read(sys.argv[1]), project.error()
layers = list(project.mapLayers().values())
layer = next(one for one in layers if one.source().endswith("geometrytype=Point"))
layer.startEditing()
context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
feature = QgsVectorLayerUtils.createFeature(
    layer,
    QgsGeometry.fromWkt("POINT(150 50)"),
    {layer.fields().indexOf("class_code"): "01001"},
    context,
)
form = QgsAttributeForm(layer, feature)
form.setMode(QgsAttributeEditorContext.Mode.AddFeatureMode)
form.show()
told = {
    "plugin": any(name.split(".")[0] == "wangge" for name in sys.modules),
    "invalid": [one.name() for one in layers if not one.isValid()],
    "tabs": form.findChild(QTabWidget).count(),
    "lookups": len(form.findChildren(QgsRelationReferenceWidget)),
    "grid_code": form.currentFormFeature()["grid_code"],
    "component_code": form.currentFormFeature()["component_code"],
    "saved": form.save(),
}
layer.commitChanges()
told["stored"] = layer.featureCount()
print(json.dumps(told))
sys.stdout.flush()
form.close()
project.clear()
application.exitQgis()
