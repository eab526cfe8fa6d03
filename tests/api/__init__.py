"""Tests of the HTTP front desk."""
