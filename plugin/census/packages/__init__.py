"""Field packages: one folder a team, whole or not there, merged once when it comes back."""

from .finding import find_packages
from .manifest import Manifest, read_manifest
from .packing import BASE, WORK, Contents, Draft, folder_name, pack
from .returning import ReturnedPackage, Returns, merge_packages, merge_returns, open_return
from .splitting import Share, split_by_team

__all__ = [
    "BASE",
    "WORK",
    "Contents",
    "Draft",
    "Manifest",
    "ReturnedPackage",
    "Returns",
    "Share",
    "find_packages",
    "folder_name",
    "merge_packages",
    "merge_returns",
    "open_return",
    "pack",
    "read_manifest",
    "split_by_team",
]
