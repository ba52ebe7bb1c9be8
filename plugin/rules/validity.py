"""What GEOS says of an invalid geometry, in the user's language."""

from __future__ import annotations

import re

from ..translation import translate

_SAID = re.compile(r"(?P<what>[^\[]+)\[(?P<x>\S+) (?P<y>\S+?)\]")


def why_invalid(reason: str) -> str:
    """Return why a geometry is invalid and where, as `shapely.is_valid_reason` says it."""
    said = _SAID.fullmatch(reason)
    if said is None:
        return reason
    x, y = (f"{float(v):.3f}".rstrip("0").rstrip(".") for v in (said["x"], said["y"]))
    what = said["what"].strip()
    return f"{_titles().get(what, what)} ({x}, {y})"


def _titles() -> dict[str, str]:
    return {
        "Self-intersection": translate("Wangge", "its border crosses itself"),
        "Ring Self-intersection": translate("Wangge", "a ring touches itself"),
        "Hole lies outside shell": translate("Wangge", "a hole lies outside"),
        "Holes are nested": translate("Wangge", "a hole lies in a hole"),
        "Interior is disconnected": translate("Wangge", "its holes cut it apart"),
        "Nested shells": translate("Wangge", "a part lies in a part"),
        "Duplicate Rings": translate("Wangge", "a ring is there twice"),
        "Too few points in geometry component": translate("Wangge", "a part has too few points"),
    }
