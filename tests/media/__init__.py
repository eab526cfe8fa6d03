"""Tests of `media`: records and bytes in, records and bytes out."""
