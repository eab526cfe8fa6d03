"""Tests of media.designs."""
