"""Load tests and benchmarks; see README.md for what was measured."""
