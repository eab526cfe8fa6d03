"""Furniture: modelled piece by piece, arranged in a room, and drawn into a photo of it."""
