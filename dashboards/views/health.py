"""Health."""

from dashboards.page import heading, opened


def show() -> None:
    """The page."""
    opened()
    heading("Health", "Being built.")


show()
