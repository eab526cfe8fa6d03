"""How fast and how large: measurements against targets, and the score on real files."""
