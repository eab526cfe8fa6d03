"""Tests of media/rooms."""
