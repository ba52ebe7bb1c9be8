"""Layouts from templates: items found by their ids, texts given as layout variables."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from qgis.core import (
    QgsExpressionContextUtils,
    QgsLayoutFrame,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemManualTable,
    QgsLayoutItemPage,
    QgsLayoutItemShape,
    QgsLayoutPoint,
    QgsPrintLayout,
    QgsProject,
    QgsReadWriteContext,
    QgsTextFormat,
)
from qgis.PyQt.QtGui import QFont
from qgis.PyQt.QtXml import QDomDocument

from ...errors import WanggeError
from ...paths import resource
from ...translation import translate

_Item = TypeVar("_Item", bound=QgsLayoutItem)


def load_layout(project: QgsProject, name: str, folder: Path | None = None) -> QgsPrintLayout:
    """Return the layout of a template: the city's own where the folder holds it, else ours."""
    path = resource("layouts", f"{name}.qpt")
    if folder is not None and (folder / path.name).is_file():
        path = folder / path.name
    layout = QgsPrintLayout(project)
    document = QDomDocument()
    try:
        is_read = document.setContent(path.read_text(encoding="utf-8"))[0]
    except (OSError, UnicodeDecodeError):
        is_read = False
    done = is_read and layout.loadFromTemplate(document, QgsReadWriteContext(), True)[1]
    if not done:
        raise WanggeError(
            translate(
                "Wangge",
                "The layout template “{path}” cannot be read. Save it again from QGIS's layout "
                "window, or take it out of the folder.",
            ).format(path=path)
        )
    layout.setName(name)
    return layout


def item(layout: QgsPrintLayout, name: str, kind: type[_Item]) -> _Item | None:
    """Return the item with an id and of a kind; None when the template has none."""
    found = layout.itemById(name)
    return found if isinstance(found, kind) else None


def required_item(layout: QgsPrintLayout, name: str, kind: type[_Item]) -> _Item:
    """Return the item with an id; a template must keep those."""
    found = item(layout, name, kind)
    if found is None:
        raise _lacks(layout, name)
    return found


def table_of(layout: QgsPrintLayout) -> QgsLayoutItemManualTable:
    """Return the template's table."""
    for frames in layout.multiFrames():
        if isinstance(frames, QgsLayoutItemManualTable) and frames.frameCount():
            return frames
    raise _lacks(layout, "table")


def _lacks(layout: QgsPrintLayout, name: str) -> WanggeError:
    return WanggeError(
        translate(
            "Wangge",
            "The layout template “{template}” has no item “{item}”. Give the item that id again, or "
            "take the template out of the folder.",
        ).format(template=layout.name(), item=name)
    )


def set_variables(layout: QgsPrintLayout, values: Mapping[str, Any]) -> None:
    """Set the variables that labels show as ``[% @name %]``, from the layout's refresh on."""
    for name, value in values.items():
        QgsExpressionContextUtils.setLayoutVariable(layout, name, value)


def repeat_page(layout: QgsPrintLayout, page: int) -> int:
    """Add a page like another one, with copies of its labels and shapes; return its number."""
    pages = layout.pageCollection()
    model = pages.page(page)
    pages.extendByNewPage()
    number = pages.pageCount() - 1
    pages.page(number).setPageSize(model.pageSize())
    for old in pages.itemsOnPage(page):
        if isinstance(old, QgsLayoutItemLabel | QgsLayoutItemShape):
            _copy(layout, old, number)
    return number


def _copy(layout: QgsPrintLayout, old: QgsLayoutItem, page: int) -> None:
    document = QDomDocument()
    parent = document.createElement("items")
    old.writeXml(parent, document, QgsReadWriteContext())
    element = parent.firstChildElement()
    for inner in (element, element.firstChildElement("LayoutItem")):
        for name in ("uuid", "templateUuid"):  # two items with one id take each other's place
            inner.removeAttribute(name)
    made = type(old)(layout)
    made.readXml(element, document, QgsReadWriteContext())
    layout.addLayoutItem(made)
    where = old.pagePos()
    made.attemptMove(QgsLayoutPoint(where.x(), where.y()), False, False, page)


def drop_page(layout: QgsPrintLayout, page: int) -> None:
    """Take a page and what lies on it away."""
    pages = layout.pageCollection()
    for old in pages.itemsOnPage(page):
        if not isinstance(old, QgsLayoutItemPage):
            layout.removeLayoutItem(old)
    pages.deletePage(page)


def frames_of(table: QgsLayoutItemManualTable) -> list[QgsLayoutFrame]:
    """Return the frames of a table in their order."""
    return [table.frame(i) for i in range(table.frameCount())]


def keep_text_searchable(layout: QgsPrintLayout) -> None:
    """Let a PDF know what its digits are: fonts for Chinese swap those beside Latin letters.

    The glyphs that take their place belong to no character, so that a reader who looks for
    the code of a risk would not find it. Chinese, letters and digits need no shaping.
    """
    for found in layout.items():
        if isinstance(found, QgsLayoutItemLabel):
            found.setTextFormat(_unshaped(found.textFormat()))
    table = table_of(layout)
    table.setContentTextFormat(_unshaped(table.contentTextFormat()))
    table.setHeaderTextFormat(_unshaped(table.headerTextFormat()))


def _unshaped(text_format: QgsTextFormat) -> QgsTextFormat:
    made = QgsTextFormat(text_format)
    font = made.font()
    font.setStyleStrategy(QFont.StyleStrategy.PreferNoShaping)
    made.setFont(font)
    return made
