"""Pages about a merchant's shop."""
