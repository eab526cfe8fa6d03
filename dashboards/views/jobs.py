"""Jobs."""

from dashboards.page import heading, opened


def show() -> None:
    """The page."""
    opened()
    heading("Jobs", "Being built.")


show()
