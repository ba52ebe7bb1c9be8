"""The findings panel's controls: layer, filters, list, details."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from qgis.core import QgsApplication
from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QLocale, QSize, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QAction,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QToolBar,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from ...rules.finding import Severity, State
from ...standards.domains import DOMAINS
from ...translation import translate
from ..shell.subjects import icon
from ..shell.two_lines import TwoLines
from .model import Grouping, Wanted, label
from .reading import FindingRow, FindingTable


class PanelWidgets(QWidget):
    """Everything in the panel; ``filter_changed`` tells when the list is to be made anew."""

    filter_changed = pyqtSignal()

    def __init__(self, parent: QWidget):
        super().__init__(parent)
        self.layers = self._combo("WanggeFindingsLayer", translate("Wangge", "Findings layer"))
        self._build_filters()
        self._build_actions()
        self.tree = QTreeView(self)
        self.tree.setObjectName("WanggeFindingsList")
        self.tree.setAccessibleName(translate("Wangge", "Findings"))
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setIndentation(14)
        self.tree.setItemDelegate(TwoLines(self.tree))
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.detail = QLabel(self)
        self.detail.setObjectName("WanggeFindingsDetail")
        self.detail.setAccessibleName(translate("Wangge", "Finding in focus"))
        self.detail.setWordWrap(True)
        self.detail.setTextFormat(Qt.TextFormat.RichText)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.detail.setMinimumHeight(self.fontMetrics().height() * 6)
        self._lay_out()

    def _combo(self, name: str, title: str) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName(name)
        box.setAccessibleName(title)
        box.setToolTip(title)
        # A long layer name must not widen the dock.
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(6)
        return box

    def _build_filters(self) -> None:
        self.severities: dict[Severity, QToolButton] = {}
        for severity in Severity:
            button = QToolButton(self)
            button.setObjectName(f"WanggeFindings_{severity.value}")
            button.setCheckable(True)
            button.setChecked(True)
            button.setIcon(icon(f"finding_{severity.value}"))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setAutoRaise(True)
            name = label("finding_severity", severity.value)
            button.setToolTip(name)
            button.setAccessibleName(name)
            button.toggled.connect(self.filter_changed)
            self.severities[severity] = button
        self.state = self._combo("WanggeFindingsState", translate("Wangge", "State"))
        for value in DOMAINS["finding_state"].values:
            self.state.addItem(label("finding_state", value.value), value.value)
        self.state.addItem(translate("Wangge", "All states"), "")
        self.state.setCurrentIndex(self.state.findData(State.OPEN.value))
        self.state.currentIndexChanged.connect(self.filter_changed)
        self.group = self._combo("WanggeFindingsGroup", translate("Wangge", "Grouped by"))
        for grouping, title in (
            (Grouping.RULE, translate("Wangge", "By rule")),
            (Grouping.SEVERITY, translate("Wangge", "By severity")),
            (Grouping.LAYER, translate("Wangge", "By layer")),
            (Grouping.FEATURE, translate("Wangge", "By feature")),
        ):
            self.group.addItem(title, grouping)
        self.group.currentIndexChanged.connect(self.filter_changed)
        self.search = QgsFilterLineEdit(self)
        self.search.setObjectName("WanggeFindingsSearch")
        self.search.setAccessibleName(translate("Wangge", "Search findings"))
        self.search.setShowSearchIcon(True)
        self.search.setShowClearButton(True)
        self.search.setPlaceholderText(translate("Wangge", "Rule, code or words"))
        # Not with each key: a list of a hundred thousand findings takes its time.
        pause = QTimer(self)
        pause.setSingleShot(True)
        pause.setInterval(250)
        pause.timeout.connect(self.filter_changed)
        self.search.textChanged.connect(lambda _text: pause.start())

    def _build_actions(self) -> None:
        self.bar = QToolBar(self)
        self.bar.setObjectName("WanggeFindingsBar")
        size = self.fontMetrics().height() + 4
        self.bar.setIconSize(QSize(size, size))

        def action(name: str, text: str, picture: str) -> QAction:
            made = QAction(QgsApplication.getThemeIcon(picture), text, self)
            made.setObjectName(f"WanggeFindings_{name}")
            made.setToolTip(text)
            self.bar.addAction(made)
            return made

        self.previous = action(
            "previous", translate("Wangge", "Previous finding"), "/mActionArrowLeft.svg"
        )
        self.next = action("next", translate("Wangge", "Next finding"), "/mActionArrowRight.svg")
        self.zoom = action("zoom", translate("Wangge", "Show on the map"), "/mActionZoomTo.svg")
        self.bar.addSeparator()
        self.fix = action(
            "fix", translate("Wangge", "Apply suggested fixes"), "/mActionEditTable.svg"
        )
        self.accept = action("accept", translate("Wangge", "Accept…"), "/mIconSuccess.svg")
        self.reopen = action("reopen", translate("Wangge", "Reopen"), "/mActionUndo.svg")
        self.bar.addSeparator()
        self.again = action("again", translate("Wangge", "Check again…"), "/mActionRefresh.svg")
        self.touched = action(
            "touched",
            translate("Wangge", "Check edited features again…"),
            "/mActionToggleEditing.svg",
        )
        self.report = action("report", translate("Wangge", "Open report"), "/mActionOpenTable.svg")

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.setSpacing(4)
        layout.addWidget(self.layers)
        for widgets in (
            (*self.severities.values(), None),
            (self.state, self.group),
        ):
            row = QHBoxLayout()
            row.setSpacing(4)
            for widget in widgets:
                if widget is None:
                    row.addStretch(1)
                else:
                    row.addWidget(widget)
            layout.addLayout(row)
        layout.addWidget(self.search)
        layout.addWidget(self.bar)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.detail)

    # -- in and out ------------------------------------------------------------------------

    def wanted(self) -> Wanted:
        """Return what the filters ask for."""
        on = frozenset(s.value for s, button in self.severities.items() if button.isChecked())
        words = tuple(self.search.text().casefold().split())
        return Wanted(on, self.state.currentData(), words)

    def grouping(self) -> Grouping:
        """Return by what the list is grouped."""
        return self.group.currentData()

    def show_counts(self, table: FindingTable, shown: int) -> None:
        """Show how many findings there are of each severity in the chosen state."""
        state = self.state.currentData()
        for severity, button in self.severities.items():
            count = table.count(severity.value, state)
            button.setText(QLocale().toString(count))
        for action in (self.previous, self.next):
            action.setEnabled(shown > 0)

    def show_finding(
        self,
        row: FindingRow | None,
        titles: Mapping[str, str],
        selected: Sequence[FindingRow],
    ) -> None:
        """Show the finding in focus in full; the buttons are for those selected."""
        self.accept.setEnabled(bool(selected))
        self.reopen.setEnabled(bool(selected))
        self.fix.setEnabled(any(r.fix and r.state == State.OPEN.value for r in selected))
        self.zoom.setEnabled(row is not None)
        if row is None:
            self.detail.setText(
                translate("Wangge", "Choose a finding to see it here and on the map.")
            )
            return
        lines = [
            f"<b>{escape(row.rule)} {escape(titles.get(row.rule, ''))}</b>",
            escape(row.message),
        ]
        if row.fix:
            suggested = translate("Wangge", "Suggested: {value}").format(value=row.fix)
            lines.append(escape(suggested))
        if row.state == State.ACCEPTED.value:
            by = translate("Wangge", "Accepted by {person}: {reason}").format(
                person=row.accepted_by, reason=row.accepted_reason
            )
            lines.append(escape(by))
        self.detail.setText("<br>".join(lines))
