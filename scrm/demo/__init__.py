"""The demo brand: a fictional maker of down jackets, the same to the last digit for one seed and one day."""

from .seed import PASSWORD, all_logins, is_seeded, logins, seed

__all__ = ["PASSWORD", "all_logins", "is_seeded", "logins", "seed"]
