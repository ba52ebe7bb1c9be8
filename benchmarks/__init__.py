"""Peers side by side in one run; ratios, not seconds, are what carries over to other machines."""
