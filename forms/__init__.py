"""Attribute forms made from layer descriptions; QGIS, QField and Mergin show them without Wangge."""
