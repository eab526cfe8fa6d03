"""Designs: what a brief asks for, and the words that an image model is given."""
