"""Tests of media/furniture."""
