"""Garments drawn from words: shapes, fabrics, patterns, light."""
