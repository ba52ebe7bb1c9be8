"""Field packages: one folder a team, whole or not there, merged once when it comes back."""

from .manifest import Manifest, read_manifest
from .packing import BASE, WORK, Contents, folder_name, pack
from .returning import ReturnedPackage, Returns, merge_packages, merge_returns, open_return
from .splitting import Share, split_by_team

__all__ = [
    "BASE",
    "WORK",
    "Contents",
    "Manifest",
    "ReturnedPackage",
    "Returns",
    "Share",
    "folder_name",
    "merge_packages",
    "merge_returns",
    "open_return",
    "pack",
    "read_manifest",
    "split_by_team",
]
