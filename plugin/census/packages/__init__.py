"""Field packages: one folder a team, whole or not there, merged once when it comes back."""

from .manifest import Manifest, read_manifest
from .packing import BASE, WORK, add_file, pack
from .returning import ReturnedPackage, Returns, merge_returns, open_return
from .splitting import Share, split_by_team

__all__ = [
    "BASE",
    "WORK",
    "Manifest",
    "ReturnedPackage",
    "Returns",
    "Share",
    "add_file",
    "merge_returns",
    "open_return",
    "pack",
    "read_manifest",
    "split_by_team",
]
