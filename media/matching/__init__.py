"""Matching: which products and ateliers suit a design, and why."""
