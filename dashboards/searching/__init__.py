"""Searching: products and pictures, by words and by likeness."""
