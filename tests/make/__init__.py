"""Factories: ``make.member(db)`` writes a plausible row and gives it back; keywords say what matters to the test."""
