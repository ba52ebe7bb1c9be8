"""The frame of the desktop: menu, toolbar, dock, messages and options."""
