"""Catalogue."""

from dashboards.page import heading, opened


def show() -> None:
    """The page."""
    opened()
    heading("Catalogue", "Being built.")


show()
