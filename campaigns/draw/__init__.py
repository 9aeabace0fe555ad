"""The draw: numbers that neither side can choose, strategies that turn them into prizes, and group commit."""
