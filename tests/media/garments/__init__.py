"""Tests of media.garments."""
