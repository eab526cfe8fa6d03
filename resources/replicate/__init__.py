"""Replicate: rooms staged by models that are paid by the picture, once, and never lost."""
