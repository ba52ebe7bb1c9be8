"""Blocks of running numbers reserved per team: codes given offline never collide.

A block is a range of the running number at the end of the component code. It holds in
every class (and in every district, unless it names one), so a crew needs one block, not
one per class. Where blocks are stored (project, platform) is no concern of this room.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from ..errors import WanggeError
from ..standards.editions import SEQUENCE_WIDTH
from ..translation import translate

LARGEST_SEQUENCE = 10**SEQUENCE_WIDTH - 1


@dataclass(frozen=True, order=True)
class CodeBlock:
    """Running numbers ``start`` to ``end`` (both included) that only ``team`` may give.

    ``district_code`` empty means every district.
    """

    start: int
    end: int
    team: str
    district_code: str = ""

    def __post_init__(self):
        if not 1 <= self.start <= self.end <= LARGEST_SEQUENCE:
            raise WanggeError(
                translate(
                    "Wangge",
                    "The code block {start}–{end} of team “{team}” is no range within "
                    "1–{largest}. Correct its start and end.",
                ).format(start=self.start, end=self.end, team=self.team, largest=LARGEST_SEQUENCE)
            )

    def __len__(self) -> int:
        return self.end - self.start + 1

    def holds_in(self, district_code: str) -> bool:
        """Return True when the block applies to codes of this district."""
        return not self.district_code or self.district_code == district_code

    def overlaps(self, other: CodeBlock) -> bool:
        """Return True when a code could come from either block."""
        same = not self.district_code or other.holds_in(self.district_code)
        return same and self.start <= other.end and other.start <= self.end

    def to_json(self) -> dict[str, str | int]:
        """Return the block as plain values for a manifest."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping) -> CodeBlock:
        """Return the block that `to_json` wrote; WanggeError when it is damaged."""
        try:
            return cls(
                int(values["start"]),
                int(values["end"]),
                str(values["team"]),
                str(values.get("district_code", "")),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise WanggeError(
                translate(
                    "Wangge",
                    "The description of a code block is damaged. Fetch the package again.",
                ),
                detail=repr(error),
            ) from error


def reserve_blocks(
    teams: Sequence[str],
    size: int,
    *,
    reserved: Sequence[CodeBlock] = (),
    largest_used: int = 0,
    district_code: str = "",
) -> tuple[CodeBlock, ...]:
    """Reserve one more block for each team, disjoint from all others.

    Parameters
    ----------
    teams : sequence of str
        Distinct names; a team named again in a later call gets a further block.
    size : int
        Numbers per block; the most that a crew will place of one class.
    reserved : sequence of CodeBlock
        All blocks ever reserved, returned or not: a number is never given out twice.
    largest_used : int
        Largest running number in use in any class; see `numbering.largest_sequence`.
    district_code : str
        Limits the blocks to a district; empty for all.

    Raises
    ------
    WanggeError
        When the numbers run out or a team is named twice.
    """
    repeated = {team for team, times in Counter(teams).items() if times > 1 or not team.strip()}
    if repeated:
        raise WanggeError(
            translate(
                "Wangge",
                "The list of teams names “{team}” more than once or holds an empty name. Give each "
                "team one name of its own.",
            ).format(team="”, “".join(sorted(repeated)))
        )
    wanted = CodeBlock(1, LARGEST_SEQUENCE, "", district_code)
    ends = [b.end for b in reserved if b.overlaps(wanted)]
    first = max([largest_used, *ends]) + 1
    if size < 1 or first + size * len(teams) - 1 > LARGEST_SEQUENCE:
        raise WanggeError(
            translate(
                "Wangge",
                "{teams} blocks of {size} numbers do not fit: {free} of {largest} running numbers "
                "are left after {used}. Reserve smaller blocks.",
            ).format(
                teams=len(teams),
                size=size,
                free=LARGEST_SEQUENCE - first + 1,
                largest=LARGEST_SEQUENCE,
                used=first - 1,
            )
        )
    return tuple(
        CodeBlock(first + i * size, first + (i + 1) * size - 1, team, district_code)
        for i, team in enumerate(teams)
    )


def overlapping_blocks(blocks: Sequence[CodeBlock]) -> list[tuple[CodeBlock, CodeBlock]]:
    """Return the pairs of blocks of different teams that could give the same code."""
    ordered = sorted(blocks)
    return [
        (a, b)
        for i, a in enumerate(ordered)
        for b in ordered[i + 1 :]
        if a.team != b.team and a.overlaps(b)
    ]


def free_numbers(
    count: int, after: int, reserved: Sequence[CodeBlock], largest: int = LARGEST_SEQUENCE
) -> np.ndarray:
    """Return up to ``count`` numbers after ``after`` that lie in no reserved block.

    Fewer come back when the numbers up to ``largest`` run out.
    """
    pieces: list[np.ndarray] = []
    position, missing = after + 1, count
    for block in [*sorted(reserved), None]:
        end = largest if block is None else min(block.start - 1, largest)
        if missing > 0 and position <= end:
            piece = np.arange(position, min(end, position + missing - 1) + 1, dtype=np.int64)
            pieces.append(piece)
            missing -= len(piece)
        if block is not None:
            position = max(position, block.end + 1)
    return np.concatenate(pieces) if pieces else np.empty(0, np.int64)
