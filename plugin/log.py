"""The log panel's tab of Wangge."""

from __future__ import annotations

from qgis.core import Qgis, QgsMessageLog

TAG = "Wangge"


def write_log(message: str, level: Qgis.MessageLevel = Qgis.MessageLevel.Info) -> None:
    """Write a line into the tab ``Wangge`` of the log panel, without raising a notice."""
    QgsMessageLog.logMessage(message, TAG, level, False)
