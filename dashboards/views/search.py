"""Search."""

from dashboards.page import heading, opened


def show() -> None:
    """The page."""
    opened()
    heading("Search", "Being built.")


show()
