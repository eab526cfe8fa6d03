"""The HTTP front desk."""
