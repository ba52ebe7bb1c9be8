"""Algorithms opened in their own dialog or run in the background, always by id."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsMapLayer,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
)
from qgis.PyQt.QtCore import QObject, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QDialog

from ...errors import WanggeError
from ...translation import translate
from .messages import Button, Messages


class _Feedback(QgsProcessingFeedback):
    # Keeps the sentence of a failure, which the task itself does not hand on.
    def __init__(self):
        super().__init__(False)
        self.errors: list[str] = []

    def reportError(self, error: str, fatalError: bool = False) -> None:  # noqa: N802, N803
        self.errors.append(error)
        super().reportError(error, fatalError)


class Runner(QObject):
    """Starts algorithms and tells when they are done."""

    finished = pyqtSignal(str, dict)
    #: Id of a layer that somebody wants to see on the map.
    layer_wanted = pyqtSignal(str)

    def __init__(self, messages: Messages, parent: QObject):
        super().__init__(parent)
        self.setObjectName("WanggeRunner")
        self._messages = messages
        self._dialogs: list = []
        self._tasks: dict[int, tuple] = {}

    def open(self, algorithm: str, parameters: Mapping | None = None) -> QDialog | None:
        """Open the dialog of an algorithm with some parameters filled in; it blocks nothing."""
        # The plugin `processing` may be disabled: asked only when it is needed.
        import processing

        dialog = processing.createAlgorithmDialog(algorithm, dict(parameters or {}))
        if dialog is None:
            self._messages.warn(
                translate("Wangge", "The algorithm “{id}” is not available here.").format(
                    id=algorithm
                )
            )
            return None
        self._dialogs.append(dialog)
        dialog.algorithmFinished.connect(
            lambda successful, results: self._dialog_finished(algorithm, successful, results)
        )
        dialog.destroyed.connect(lambda *_: self._forget(dialog))
        dialog.show()
        return dialog

    def run(
        self, algorithm: str, parameters: Mapping, then: Callable[[dict], object] | None = None
    ) -> None:
        """Run an algorithm in the background, seen and cancelled in QGIS's task manager."""
        found = QgsApplication.processingRegistry().createAlgorithmById(algorithm)
        if found is None:
            self._messages.warn(
                translate("Wangge", "The algorithm “{id}” is not available here.").format(
                    id=algorithm
                )
            )
            return
        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        feedback = _Feedback()
        task = QgsProcessingAlgRunnerTask(found, dict(parameters), context, feedback)
        task.setDescription(found.displayName())
        key = id(task)
        # QGIS does not keep algorithm, context and feedback alive for the task.
        self._tasks[key] = (task, found, context, feedback)
        task.executed.connect(
            lambda successful, results: self._task_finished(key, successful, results, then)
        )
        QgsApplication.taskManager().addTask(task)

    def is_busy(self) -> bool:
        """Return True while something runs in the background."""
        return bool(self._tasks)

    def close(self) -> None:
        """Cancel what runs and close what is open."""
        for _task, _algorithm, _context, feedback in self._tasks.values():
            feedback.cancel()
        for dialog in list(self._dialogs):
            dialog.close()
            dialog.deleteLater()
        self._dialogs.clear()

    def _forget(self, dialog) -> None:
        self._dialogs = [d for d in self._dialogs if d is not dialog]

    def _dialog_finished(self, algorithm: str, successful: bool, results: dict) -> None:
        # The dialog shows its own log; here only the way to the results.
        if successful:
            self._announce(algorithm, results)
        self.finished.emit(algorithm, dict(results) if successful else {})

    def _task_finished(self, key: int, successful: bool, results: dict, then) -> None:
        _task, found, _context, feedback = self._tasks.pop(key)
        if successful:
            self._announce(found.id(), results)
            if then is not None:
                try:
                    then(dict(results))
                except Exception as error:
                    self._messages.report(error)
        elif not feedback.isCanceled():
            sentence = feedback.errors[-1] if feedback.errors else found.displayName()
            self._messages.report(WanggeError(sentence, feedback.textLog()))
        self.finished.emit(found.id(), dict(results) if successful else {})

    def _announce(self, algorithm: str, results: Mapping) -> None:
        found = QgsApplication.processingRegistry().algorithmById(algorithm)
        title = found.displayName() if found else algorithm
        sentence = translate("Wangge", "Finished: {title}.").format(title=title)
        buttons = [*self._layer_button(results), *result_buttons(results)]
        self._messages.done(sentence, *buttons[:2])

    def _layer_button(self, results: Mapping) -> list[Button]:
        made = [layer for value in results.values() for layer in layers_of(value)]
        placed = [layer for layer in made if layer.isSpatial() and not layer.extent().isEmpty()]
        if not placed:
            return []
        identity = placed[0].id()
        text = translate("Wangge", "Show on the map")
        return [(text, lambda: self.layer_wanted.emit(identity))]


def result_buttons(results: Mapping) -> list[Button]:
    """Return a button for each file or folder among the results that people open."""
    buttons: list[Button] = []
    for value in results.values():
        if not isinstance(value, str) or not value:
            continue
        path = Path(value)
        if path.suffix.lower() in (".html", ".pdf", ".xlsx") and path.is_file():
            buttons.append((translate("Wangge", "Open report"), _opener(path)))
        elif path.is_absolute() and path.is_dir():
            buttons.append((translate("Wangge", "Open folder"), _opener(path)))
    return buttons[:2]


def _opener(path: Path) -> Callable[[], object]:
    return lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def layers_of(result: object) -> list[QgsMapLayer]:
    """Return the project's layers that an output of an algorithm became."""
    if not isinstance(result, str) or not result:
        return []
    layers = QgsProject.instance().mapLayers().values()
    return [layer for layer in layers if result in (layer.id(), layer.source())]
