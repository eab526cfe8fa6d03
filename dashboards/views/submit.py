"""Submit."""

from dashboards.page import heading, opened


def show() -> None:
    """The page."""
    opened()
    heading("Submit", "Being built.")


show()
