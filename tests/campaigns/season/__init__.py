"""Seasons of stores."""
