"""What became of each district, kept beside the results, so that a batch can be gone on with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ..errors import WanggeError
from ..translation import translate
from .model import State

FILE = "batch.json"
_FORMAT = 1


@dataclass(frozen=True)
class Entry:
    """One district's line of the table of results.

    Attributes
    ----------
    district, name : str
    state : State
    counts : mapping of str to int
    seconds : float
    message : str
    file : str
        Name of the result inside the folder.
    """

    district: str
    name: str
    state: State
    counts: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    message: str = ""
    file: str = ""


class Ledger:
    """The entries of a folder; each one noted is on the disk before the next one begins.

    Parameters
    ----------
    folder : Path
    settings : mapping of str to str
        What the results depend on: job, layers, options.
    """

    def __init__(self, folder: Path, settings: Mapping[str, str]):
        self._path = folder / FILE
        self._settings = dict(settings)
        self.entries: dict[str, Entry] = {}

    def resume(self) -> None:
        """Take over the districts that went well before; nothing where there was no batch.

        Raises
        ------
        WanggeError
            The folder's batch had other settings, or its file cannot be read.
        """
        if not self._path.is_file():
            return
        try:
            found = json.loads(self._path.read_text("utf-8"))
            settings = dict(found["settings"])
            entries = [Entry(**{**e, "state": State(e["state"])}) for e in found["districts"]]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise WanggeError(
                translate(
                    "Wangge",
                    "“{path}” cannot be read, so it is not known what is done. Switch RESUME off "
                    "to do everything anew.",
                ).format(path=self._path),
                str(error),
            ) from error
        changed = sorted(
            k
            for k in settings.keys() | self._settings.keys()
            if settings.get(k) != self._settings.get(k)
        )
        if changed:
            raise WanggeError(
                translate(
                    "Wangge",
                    "The batch in “{folder}” was made with other settings ({names}). Give the same "
                    "ones, choose another folder, or switch RESUME off to do everything anew.",
                ).format(folder=self._path.parent, names=", ".join(changed))
            )
        folder = self._path.parent
        self.entries = {
            e.district: e
            for e in entries
            if e.state is State.OK and e.file and (folder / e.file).exists()
        }

    def note(self, entry: Entry) -> None:
        """Keep an entry, in place of an earlier one of its district."""
        self.entries[entry.district] = entry
        part = self._path.with_name(f".{FILE}.part")
        values = {
            "format": _FORMAT,
            "settings": self._settings,
            "districts": [asdict(self.entries[d]) for d in sorted(self.entries)],
        }
        try:
            part.write_text(json.dumps(values, ensure_ascii=False, indent=1) + "\n", "utf-8")
            part.replace(self._path)
        except OSError as error:
            raise WanggeError(
                translate(
                    "Wangge",
                    "The file “{path}” cannot be written: {reason}. Choose another place or make room.",
                ).format(path=self._path, reason=error.strerror or error)
            ) from error
