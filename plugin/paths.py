"""Where the plugin's own files lie."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def resource(*parts: str) -> Path:
    """Return the path of a file under ``resources``."""
    return ROOT.joinpath("resources", *parts)
