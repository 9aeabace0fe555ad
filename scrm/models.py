"""All tables, for Alembic and for tests: importing this module fills ``metadata``."""

from importlib import import_module
from importlib.util import find_spec

from center_core.kit import Base

PACKAGES = (
    "center_core.kit",
    "center_core.user",
    "center_core.channel",
    "center_core.member",
    "center_core.product",
    "center_core.inventory",
    "center_core.marketing",
    "center_core.order",
    "center_core.settlement",
    "campaigns",
    "campaigns.duel",
    "campaigns.season",
    "scrm.engagement",
    "scrm.adapters",
)

for package in PACKAGES:
    if find_spec(f"{package}.models"):
        import_module(f"{package}.models")

metadata = Base.metadata
