"""Jobs: the list of them, and one of them."""
