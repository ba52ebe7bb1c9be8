"""The migration review's controls: list, candidates, any other class."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ...translation import translate
from .class_search import ClassSearch
from .conflict_widgets import ConflictTable
from .review_model import ReviewModel


class ReviewWidgets(QWidget):
    """Everything in the window."""

    def __init__(self, model: ReviewModel, parent: QWidget):
        super().__init__(parent)
        self.classes = QComboBox(self)
        self.classes.setObjectName("WanggeReviewClasses")
        self.classes.setAccessibleName(translate("Wangge", "Old class"))
        self.classes.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.every = QCheckBox(translate("Wangge", "For all shown"), self)
        self.every.setObjectName("WanggeReviewEvery")
        self.every.setToolTip(translate("Wangge", "What is chosen holds for all that are shown"))
        self.table = ConflictTable(self)
        self.table.setObjectName("WanggeReviewList")
        self.table.setAccessibleName(translate("Wangge", "Components to review"))
        self.table.setModel(model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        height = self.table.fontMetrics().height() + 6
        self.table.verticalHeader().setDefaultSectionSize(height)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.counts = QLabel(self)
        self.counts.setObjectName("WanggeReviewCounts")
        self.apply = self._button("apply", translate("Wangge", "Migrate with these choices…"))
        self.candidates = QListWidget(self)
        self.candidates.setObjectName("WanggeReviewCandidates")
        self.candidates.setAccessibleName(translate("Wangge", "Candidates"))
        self.candidates.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.search = ClassSearch(self)
        self.search.text.setObjectName("WanggeReviewSearch")
        self.search.list.setObjectName("WanggeReviewFound")
        self.previous = self._button("previous", translate("Wangge", "Previous (P)"))
        self.next = self._button("next", translate("Wangge", "Next (N)"))
        self.retire = self._button("retire", translate("Wangge", "Retire (R)"))
        self._lay_out()

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(f"WanggeReview_{name}")
        # A click leaves the keys with the list.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        left, right = QWidget(self), QWidget(self)
        near = QVBoxLayout(left)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.classes, 1)
        head.addWidget(self.every)
        foot.addWidget(self.counts, 1)
        foot.addWidget(self.apply)
        near.addLayout(head)
        near.addWidget(self.table, 1)
        near.addLayout(foot)
        far = QVBoxLayout(right)
        choices, buttons = QHBoxLayout(), QHBoxLayout()
        choices.addWidget(self.candidates, 1)
        choices.addWidget(self.search, 1)
        buttons.addWidget(self.previous)
        buttons.addWidget(self.next)
        buttons.addStretch(1)
        buttons.addWidget(self.retire)
        far.addLayout(choices, 1)
        far.addLayout(buttons)
        for column in (near, far):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(4)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(right)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(splitter)
