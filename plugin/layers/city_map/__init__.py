"""The one map of the city: tables made for it, themes, legends and layouts in one project."""
