"""Seasons: stores against stores over several campaigns, members and their guides scored together."""
