"""The frame of the desktop: menu, toolbar, dock, messages and options."""

from .shell import Shell

__all__ = ["Shell"]
