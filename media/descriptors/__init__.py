"""Descriptors: pictures as vectors, without a trained network."""
