"""Tests of media/matching."""
