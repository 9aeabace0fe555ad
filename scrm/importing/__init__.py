"""Bringing in a brand's own stores, warehouses and goods from CSV files: all of a file, or nothing of it."""

from .faults import Fault, WrongFile
from .locations import import_locations
from .outcome import Count, Outcome
from .products import import_products
from .stores import import_stores

__all__ = ["Count", "Fault", "Outcome", "WrongFile", "import_locations", "import_products", "import_stores"]
