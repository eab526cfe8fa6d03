"""Rooms: what a photo of one tells, what may be done to it, and how the result is judged."""
