"""Names of where visits come from, beside the channel codes."""

CHALLENGE_LINKS = "challenge-link"
"""Visits by challenge links; no channel code has a hyphen."""
