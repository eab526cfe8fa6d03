"""Catalogues: products, ateliers, and what was imported."""
