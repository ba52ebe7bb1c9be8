"""Number the cells of each community: from west to east in rows from north to south."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from ..errors import WanggeError
from ..translation import translate
from .reading_order import reading_order

COMMUNITY_DIGITS = 12


class NoteKind(Enum):
    """Why a cell did not simply keep or get its number."""

    HOMELESS = "homeless"
    DUPLICATE = "duplicate"
    RETIRED = "retired"
    FOREIGN = "foreign"
    MALFORMED = "malformed"


@dataclass(frozen=True)
class Note:
    """One thing to tell about a cell's number."""

    cell: int
    kind: NoteKind
    message: str


@dataclass(frozen=True)
class Numbering:
    """Codes of all cells and what was noticed on the way.

    Attributes
    ----------
    codes : ndarray of object, shape (n,)
        Text; None for a cell outside every community.
    notes : tuple of Note
    kept : ndarray of bool, shape (n,)
        Where the cell keeps the code it had.
    """

    codes: np.ndarray
    notes: tuple[Note, ...]
    kept: np.ndarray


def number_cells(
    cells: np.ndarray,
    community_index: np.ndarray,
    community_codes: Sequence[str],
    *,
    existing: Sequence[str | None] | np.ndarray | None = None,
    retired: Collection[str] = (),
    width: int = 3,
    keep_existing: bool = True,
    community_names: Sequence[str] | None = None,
) -> Numbering:
    """Give every cell its code: the community's 12 digits and a sequence number.

    Parameters
    ----------
    cells : ndarray of shapely geometries, shape (n,)
    community_index : ndarray of int, shape (n,)
        Which community each cell belongs to; -1 for none.
    community_codes : sequence of str, shape (m,)
        12 digits each.
    existing : sequence of str or None, shape (n,), optional
        Codes the cells have now. With ``keep_existing`` a valid code of the right community
        stays; of two cells with one code the first in reading order keeps it. Either way no
        number that was ever used goes to another cell, unless everything is numbered afresh
        (``keep_existing=False``), when only ``retired`` is avoided.
    retired : collection of str
        Codes once used and never to be used again.
    width : int
        Digits of the sequence: 3 (GB/T 47678.3, GB/T 30428.1) or 2 (CJ/T 213).
    community_names : sequence of str, shape (m,), optional
        For messages.

    Returns
    -------
    Numbering

    Raises
    ------
    WanggeError
        Before anything is coded: a community with more cells than the sequence has numbers, a
        community code that is not 12 digits, or two communities with one code.
    """
    community = np.asarray(community_index, dtype=np.int64)
    _check_community_codes(community_codes, np.unique(community[community >= 0]))
    place = reading_order(cells, community)
    order = np.lexsort((place, community))
    order = order[community[order] >= 0]
    notes = [_homeless_note(int(i)) for i in np.flatnonzero(community < 0)]
    codes = np.full(len(cells), None, dtype=object)
    kept = np.zeros(len(cells), bool)
    retired = frozenset(retired)
    used = set(retired)
    if keep_existing and existing is not None:
        used |= {code for code in existing if code}
        told = _keep(codes, kept, order, existing, community, community_codes, retired, width)
        notes.extend(told)
    floor = _largest_sequences(used, width) if keep_existing else {}
    open_rows = order[~kept[order]]
    sequence = _next_sequences(
        community[open_rows],
        community_codes,
        floor,
        _taken(retired, width) if not keep_existing else {},
    )
    limit = 10**width - 1
    if len(sequence) and sequence.max() > limit:
        worst = int(community[open_rows[int(np.argmax(sequence))]])
        raise _overflow(
            worst, community, sequence, open_rows, community_codes, community_names, limit
        )
    prefix = np.array([str(c) for c in community_codes], dtype=object)[community[open_rows]]
    codes[open_rows] = prefix + np.array([f"{s:0{width}d}" for s in sequence], dtype=object)
    return Numbering(codes, tuple(notes), kept)


def continue_codes(
    community_code: str, used: Collection[str], count: int, *, width: int = 3
) -> tuple[str, ...]:
    """Return the codes that follow the largest ever used in a community.

    Parameters
    ----------
    community_code : str
        12 digits.
    used : collection of str
        Codes in use and retired ones; those of other communities count for nothing.
    count : int
    width : int
        Digits of the sequence number.

    Raises
    ------
    WanggeError
        If the community has no number left, or its code is not 12 digits.
    """
    _check_community_codes([community_code], np.zeros(1, np.int64))
    first = _largest_sequences(used, width).get(community_code, 0) + 1
    sequence = np.arange(first, first + count)
    if count and sequence[-1] > 10**width - 1:
        home = np.zeros(count, np.int64)
        raise _overflow(0, home, sequence, home, [community_code], None, 10**width - 1)
    return tuple(f"{community_code}{s:0{width}d}" for s in sequence.tolist())


def width_of(codes: Collection[str]) -> int:
    """Return the digits of the sequence number in codes: 2 where all have 14 digits, else 3."""
    lengths = {len(code) for code in codes if code}
    return 2 if lengths == {COMMUNITY_DIGITS + 2} else 3


def _keep(codes, kept, order, existing, community, community_codes, retired, width):
    """Write the existing codes that stay into ``codes``; return notes on those that cannot."""
    notes = []
    holder: dict[str, int] = {}
    for cell in order:
        code = existing[cell]
        if code is None or code == "":
            continue
        code, own = str(code), str(community_codes[community[cell]])
        if (
            not (len(code) == COMMUNITY_DIGITS + width and code.isascii() and code.isdigit())
            or int(code[COMMUNITY_DIGITS:]) == 0
        ):
            kind = NoteKind.MALFORMED
            text = translate(
                "Wangge",
                "The code {code} is not {digits} digits with a sequence from 1; the cell"
                " got a new one.",
            )
        elif code[:COMMUNITY_DIGITS] != own:
            kind = NoteKind.FOREIGN
            text = translate(
                "Wangge",
                "The code {code} belongs to another community than {community}, where"
                " the cell lies; the cell got a new one.",
            )
        elif code in retired:
            kind = NoteKind.RETIRED
            text = translate("Wangge", "The code {code} was retired; the cell got a new one.")
        elif code in holder:
            kind = NoteKind.DUPLICATE
            text = translate(
                "Wangge",
                "The code {code} was given to two cells; the first from the north-west"
                " keeps it, the other got a new one.",
            )
        else:
            holder[code] = int(cell)
            codes[cell] = code
            kept[cell] = True
            continue
        text = text.format(code=code, community=own, digits=COMMUNITY_DIGITS + width)
        notes.append(Note(int(cell), kind, text))
    return notes


def _largest_sequences(used: Collection[str], width: int) -> dict[str, int]:
    """Return the largest sequence ever used, by community code."""
    largest: dict[str, int] = {}
    for prefix, numbers in _taken(used, width).items():
        largest[prefix] = max(numbers)
    return largest


def _taken(used: Collection[str], width: int) -> dict[str, set[int]]:
    taken: dict[str, set[int]] = {}
    for code in used:
        text = str(code)
        if len(text) == COMMUNITY_DIGITS + width and text.isascii() and text.isdigit():
            taken.setdefault(text[:COMMUNITY_DIGITS], set()).add(int(text[COMMUNITY_DIGITS:]))
    return taken


def _next_sequences(community, community_codes, floor, avoid) -> np.ndarray:
    """Return running numbers per community for rows sorted by community, above ``floor``."""
    if not len(community):
        return np.zeros(0, np.int64)
    fresh = np.r_[True, community[1:] != community[:-1]]
    starts = np.flatnonzero(fresh)
    group = np.cumsum(fresh) - 1
    base = np.array([floor.get(str(community_codes[c]), 0) for c in community[starts]])
    sequence = np.arange(len(community)) - starts[group] + 1 + base[group]
    for k, (begin, end) in enumerate(zip(starts, np.r_[starts[1:], len(community)], strict=True)):
        barred = avoid.get(str(community_codes[community[starts[k]]]))
        if barred:
            free = np.setdiff1d(np.arange(1, end - begin + len(barred) + 1), list(barred))
            sequence[begin:end] = free[: end - begin]
    return sequence


def _check_community_codes(codes: Sequence[str], needed: np.ndarray) -> None:
    seen: set[str] = set()
    for k in needed:
        code = str(codes[k])
        if len(code) != COMMUNITY_DIGITS or not (code.isascii() and code.isdigit()):
            raise WanggeError(
                translate(
                    "Wangge",
                    "The community code “{code}” in the field community_code is not 12 digits."
                    " Correct it in the layer community and number again.",
                ).format(code=code)
            )
        if code in seen:
            raise WanggeError(
                translate(
                    "Wangge",
                    "Two communities carry the code {code} in the field community_code. Give each"
                    " its own code in the layer community and number again.",
                ).format(code=code)
            )
        seen.add(code)


def _overflow(worst, community, sequence, rows, codes, names, limit) -> WanggeError:
    name = f"{names[worst]} ({codes[worst]})" if names is not None else str(codes[worst])
    return WanggeError(
        translate(
            "Wangge",
            "The community {community} would need the number {needed}, but numbers end at {limit}."
            " Choose a larger target area or divide the community; no cell was numbered.",
        ).format(
            community=name,
            needed=int(sequence[community[rows] == worst].max()),
            limit=limit,
        )
    )


def _homeless_note(cell: int) -> Note:
    return Note(
        cell,
        NoteKind.HOMELESS,
        translate("Wangge", "The cell lies in no community and got no code."),
    )
