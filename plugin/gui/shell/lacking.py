"""Tells once which Python packages are missing, and the exact step that brings them."""

from __future__ import annotations

from collections.abc import Sequence

from ...packages import ESSENTIAL, Lack, how_to_install, purpose
from ...settings import Settings
from ...translation import translate
from .messages import Messages


def tell_lacks(found: Sequence[Lack], messages: Messages, settings: Settings) -> bool:
    """Tell what is missing unless it was told before; return True when it was told now."""
    names = ",".join(lack.name for lack in found)
    if not found or (settings.told.value() == names and not _is_hopeless(found)):
        settings.told.setValue(names)
        return False
    settings.told.setValue(names)
    uses = "; ".join(f"{lack.name} ({purpose(lack.name)})" for lack in found)
    if _is_hopeless(found):
        sentence = translate(
            "Wangge", "Wangge cannot start: Python packages are missing or too old: {packages}."
        ).format(packages=uses)
    else:
        sentence = translate(
            "Wangge",
            "Python packages are missing or too old: {packages}. Everything else works.",
        ).format(packages=uses)
    step = how_to_install([lack.name for lack in found])
    button = (
        translate("Wangge", "How to install"),
        lambda: messages.show_details(sentence, step),
    )
    messages.warn(sentence, button, seconds=0)
    return True


def _is_hopeless(found: Sequence[Lack]) -> bool:
    return any(lack.name in ESSENTIAL for lack in found)
