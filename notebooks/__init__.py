"""Notebooks: one question each; they read, they never compute what an asset should."""
