"""The demo brand: a fictional maker of down jackets, the same to the last digit for one seed and one day."""

from .seed import PASSWORD, is_seeded, logins, seed

__all__ = ["PASSWORD", "is_seeded", "logins", "seed"]
