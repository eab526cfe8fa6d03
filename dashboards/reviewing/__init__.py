"""Reviewing: what each pipeline shows, and what people decide about it."""
