"""Review."""

from dashboards.page import heading, opened


def show() -> None:
    """The page."""
    opened()
    heading("Review", "Being built.")


show()
