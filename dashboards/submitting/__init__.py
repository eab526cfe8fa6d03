"""Submitting: what is offered, gathered and sent."""
