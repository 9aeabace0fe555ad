"""Checks of the repository itself, for `make check`."""
