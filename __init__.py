"""Wangge 网格: the base data of digital urban management, kept in QGIS."""


def classFactory(iface):  # noqa: N802 - the name QGIS asks for
    """Return the plugin; called by QGIS when it loads the package."""
    from .plugin.main import WanggePlugin

    return WanggePlugin(iface)
