"""Insights."""

from dashboards.page import heading, opened


def show() -> None:
    """The page."""
    opened()
    heading("Insights", "Being built.")


show()
