"""Rows for tests: plain functions with overrides, in the current scope, the same on every run.

A factory writes rows as they are, also such as no service would make; what is not given is plausible and unique.
"""
