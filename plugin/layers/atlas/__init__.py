"""The risk atlas on paper: templates filled, tables that flow, maps, one PDF."""
