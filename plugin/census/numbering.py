"""Component codes: district (6) + class (5, in older editions 4) + running number (6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from ..errors import WanggeError
from ..progress import SILENT, Progress, stop_if_cancelled
from ..rules.batch import Batch
from ..standards.editions import SEQUENCE_WIDTH, Edition, edition
from ..translation import translate
from .blocks import LARGEST_SEQUENCE, CodeBlock, free_numbers
from .columns import null_to_blank, nulls

_SEQUENCES = 10**SEQUENCE_WIDTH


class Outcome(IntEnum):
    """What became of a component's code."""

    KEPT = 0
    NEW = 1
    """There was none."""
    DUPLICATE = 2
    """An earlier row has the same code; this one got a new one."""
    REPLACED = 3
    """The old one was malformed or contradicted district or class."""
    NO_CLASS = 4
    """No code: the class code is missing or of another edition."""
    NO_DISTRICT = 5
    """No code: neither grid, community nor the caller names the district."""


@dataclass(frozen=True)
class Numbering:
    """Codes of components.

    Attributes
    ----------
    codes : ndarray of object, shape (n,)
        str or None.
    outcome : ndarray of int8, shape (n,)
        Values of `Outcome`.
    previous : ndarray of object, shape (n,)
        The codes as they came, for the lineage.
    """

    codes: np.ndarray
    outcome: np.ndarray
    previous: np.ndarray

    def count(self, outcome: Outcome) -> int:
        """Return how many components came out this way."""
        return int(np.count_nonzero(self.outcome == outcome))


def digits(texts: np.ndarray, length: int) -> tuple[np.ndarray, np.ndarray]:
    """Read texts of exactly ``length`` ASCII digits as numbers, in bulk.

    Returns
    -------
    ndarray of int64, shape (n,)
        0 where the text is anything else.
    ndarray of bool, shape (n,)
        Where the text was such a number.
    """
    n = len(texts)
    if not n or length == 0:
        return np.zeros(n, np.int64), np.zeros(n, bool)
    # One place more than wanted, so that longer texts show.
    fixed = np.asarray(texts).astype(f"U{length + 1}")
    characters = fixed.view(np.uint32).reshape(n, length + 1)
    good = characters[:, length] == 0
    numbers = np.zeros(n, np.int64)
    for place in range(length):
        digit = characters[:, place].astype(np.int64) - ord("0")
        good &= (digit >= 0) & (digit <= 9)
        numbers = numbers * 10 + digit
    return np.where(good, numbers, 0), good


def largest_sequence(codes: Iterable[str], standard: str | Edition = "") -> int:
    """Return the largest running number in any class, 0 when there is none."""
    numbers, good = digits(_as_array(codes), edition(standard).component_code_length)
    return int((numbers[good] % _SEQUENCES).max(initial=0))


def number_components(
    components: Batch,
    *,
    standard: str | Edition = "",
    district_code: str = "",
    known_codes: Iterable[str] = (),
    block: Sequence[CodeBlock] = (),
    reserved: Sequence[CodeBlock] = (),
    progress: Progress = SILENT,
) -> Numbering:
    """Give every component a code; keep the valid ones.

    A code is kept when it has the edition's length, a running number above 0 and the
    component's own class and district (district: that of ``grid_code``, else of
    ``community_code``; where neither is known any district is believed). Of rows with
    the same code the first keeps it. New running numbers follow the largest of the same
    district and class in row order; numbers of ``known_codes`` are never given again.

    Parameters
    ----------
    components : Batch
        With ``class_code`` and, where there, ``component_code``, ``grid_code``,
        ``community_code``.
    standard : str or Edition
    district_code : str
        For rows whose district is not known by grid or community.
    known_codes : iterable of str
        Codes used elsewhere or ever (platform, archive, retired components).
    block : sequence of CodeBlock
        New numbers come only from these, in order; empty: from all that are free.
    reserved : sequence of CodeBlock
        Blocks of crews that are out: skipped by numbers given in the office.

    Raises
    ------
    WanggeError
        When the running numbers of a district and class, or of the block, run out, or
        ``district_code`` has not six digits.
    """
    the_edition = edition(standard)
    if district_code and not digits(np.array([district_code]), 6)[1][0]:
        raise WanggeError(
            translate(
                "Wangge", "The district code “{code}” does not have six digits. Correct it."
            ).format(code=district_code)
        )
    n = len(components)
    previous = components.text("component_code")
    class_number, has_class = digits(components.text("class_code"), the_edition.class_code_length)
    placed, own_district = _districts(components)
    code_number, is_code = digits(previous, the_edition.component_code_length)
    factor = 10**the_edition.class_code_length
    prefix, sequence = np.divmod(code_number, _SEQUENCES)

    district = np.where(placed, own_district, int(district_code or 0))
    district = np.where((district == 0) & is_code, prefix // factor, district)
    own_prefix = district * factor + class_number
    fits = is_code & (sequence > 0) & has_class & (prefix % factor == class_number)
    fits &= ~placed | (prefix // factor == own_district)

    repeated = np.zeros(n, bool)
    rows = np.flatnonzero(fits)
    _, first = np.unique(code_number[rows], return_index=True)
    repeated[rows] = True
    repeated[rows[first]] = False

    outcome = np.full(n, Outcome.NEW, np.int8)
    outcome[previous != ""] = Outcome.REPLACED
    outcome[fits] = Outcome.KEPT
    outcome[repeated] = Outcome.DUPLICATE
    outcome[(district == 0) & ~fits] = Outcome.NO_DISTRICT
    outcome[~has_class] = Outcome.NO_CLASS

    used, good = digits(_as_array(known_codes), the_edition.component_code_length)
    # Every well-formed number seen is used up, kept or not: old papers still carry it.
    used = np.concatenate([used[good], code_number[is_code]])
    wanting = np.isin(outcome, (Outcome.NEW, Outcome.DUPLICATE, Outcome.REPLACED))
    numbers = np.where(outcome == Outcome.KEPT, code_number, 0)
    _give_numbers(numbers, own_prefix, wanting, used, the_edition, block, reserved, progress)

    codes = nulls(n)
    coded = numbers > 0
    width = the_edition.component_code_length
    if coded.any():  # NumPy 2 fills no empty column
        codes[coded] = np.char.zfill(numbers[coded].astype(f"U{width}"), width).astype(object)
    return Numbering(codes, outcome, previous)


def _as_array(codes: Iterable[str]) -> np.ndarray:
    array = codes if isinstance(codes, np.ndarray) else np.array(list(codes), dtype=object)
    return null_to_blank(array) if array.dtype == object else array


def _districts(components: Batch) -> tuple[np.ndarray, np.ndarray]:
    grid = components.text("grid_code")
    area = np.where(grid != "", grid, components.text("community_code"))
    number, good = digits(area.astype("U6"), 6)
    return good & (number > 0), number


def _give_numbers(
    numbers: np.ndarray,
    prefix: np.ndarray,
    wanting: np.ndarray,
    used: np.ndarray,
    the_edition: Edition,
    block: Sequence[CodeBlock],
    reserved: Sequence[CodeBlock],
    progress: Progress,
) -> None:
    rows = np.flatnonzero(wanting)
    if not len(rows):
        return
    rows = rows[np.argsort(prefix[rows], kind="stable")]
    groups, starts = np.unique(prefix[rows], return_index=True)
    used = np.sort(used)
    for group, members in zip(groups.tolist(), np.split(rows, starts[1:]), strict=True):
        stop_if_cancelled(progress)
        low = np.searchsorted(used, group * _SEQUENCES)
        high = np.searchsorted(used, (group + 1) * _SEQUENCES)
        taken = used[low:high] % _SEQUENCES
        text = f"{group:0{6 + the_edition.class_code_length}d}"
        district, class_code = text[:6], text[6:]
        own = sorted(b for b in block if b.holds_in(district))
        if block:
            free = _from_blocks(len(members), taken, own)
        else:
            closed = [b for b in reserved if b.holds_in(district)]
            outside = np.ones(len(taken), bool)
            for b in closed:
                outside &= (taken < b.start) | (taken > b.end)
            free = free_numbers(len(members), int(taken[outside].max(initial=0)), closed)
        if block and not own:
            raise WanggeError(
                translate(
                    "Wangge",
                    "Components of class {class_code} lie in district {district}, for which team "
                    "“{team}” has no code block. Reserve one for this district.",
                ).format(class_code=class_code, district=district, team=block[0].team)
            )
        if len(free) < len(members):
            raise _overflow(district, class_code, len(members), len(free), own)
        numbers[members] = group * _SEQUENCES + free


def _from_blocks(count: int, taken: np.ndarray, blocks: Sequence[CodeBlock]) -> np.ndarray:
    pieces = [np.empty(0, np.int64)]
    for b in blocks:
        within = taken[(taken >= b.start) & (taken <= b.end)]
        pieces.append(np.arange(max(b.start, within.max(initial=0) + 1), b.end + 1))
    return np.concatenate(pieces)[:count]


def _overflow(
    district: str, class_code: str, wanted: int, free: int, block: Sequence[CodeBlock]
) -> WanggeError:
    if block:
        return WanggeError(
            translate(
                "Wangge",
                "District {district}, class {class_code}: {wanted} components need a code, but the "
                "block {blocks} of team “{team}” has {free} numbers left. Reserve a further block.",
            ).format(
                district=district,
                class_code=class_code,
                wanted=wanted,
                free=free,
                blocks=", ".join(f"{b.start}–{b.end}" for b in block),
                team=block[0].team,
            )
        )
    return WanggeError(
        translate(
            "Wangge",
            "District {district}, class {class_code}: {wanted} components need a code, but only "
            "{free} of {largest} running numbers are left. Define a further class, or release "
            "blocks that no team needs.",
        ).format(
            district=district,
            class_code=class_code,
            wanted=wanted,
            free=free,
            largest=LARGEST_SEQUENCE,
        )
    )
