"""Why rows of a delivered table are refused: sentences, one row after the other."""

from __future__ import annotations

import numpy as np

from ...translation import translate


def refuse(reasons: np.ndarray, row: int, reason: str) -> None:
    """Add a reason to those of a row; ``reasons`` is of str, empty where nothing is wrong."""
    reasons[row] = f"{reasons[row]} {reason}".strip()


def refuse_codes(reasons: np.ndarray, codes: np.ndarray, missing: str) -> None:
    """Refuse rows without code, for the reason ``missing``, and those with an earlier row's."""
    seen: set[str] = set()
    for row, code in enumerate(codes.tolist()):
        if not code:
            refuse(reasons, row, missing)
        elif code in seen:
            refuse(
                reasons,
                row,
                translate("Wangge", "An earlier row has the code {code}.").format(code=code),
            )
        else:
            seen.add(code)
