"""Tests of `resources.replicate`, and a server that speaks Replicate's HTTP API."""
