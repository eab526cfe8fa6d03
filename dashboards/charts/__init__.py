"""Charts: what jobs came to, drawn."""
