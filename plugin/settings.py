"""What Wangge remembers between sessions, as typed entries of QGIS's settings tree."""

from __future__ import annotations

from qgis.core import QgsSettingsEntryBool, QgsSettingsEntryString, QgsSettingsTree

NODE = "wangge"


class Settings:
    """Typed entries; never a password, of a connection only the name it is saved under."""

    def __init__(self) -> None:
        node = QgsSettingsTree.createPluginTreeNode(NODE)
        self.profile = QgsSettingsEntryString(
            "profile", node, "generic", "City profile: a built-in name or the path of a TOML file"
        )
        self.connection = QgsSettingsEntryString(
            "connection", node, "", "Name of the saved connection to the platform database"
        )
        self.person = QgsSettingsEntryString(
            "person", node, "", "Who accepts findings on this machine"
        )
        self.welcome = QgsSettingsEntryBool(
            "welcome", node, True, "Whether the welcome page is shown at the next start"
        )
        self.told = QgsSettingsEntryString(
            "told", node, "", "Missing Python packages that have been told about"
        )
        self.placed = QgsSettingsEntryBool(
            "placed", node, False, "Whether the docks have been put in their first place"
        )

    def remove(self) -> None:
        """Take the entries out of the tree; their values stay stored."""
        QgsSettingsTree.unregisterPluginTreeNode(NODE)
