"""Locations and stock for tests."""

from datetime import datetime

from center_core import channel, inventory, product
from center_core.kit import Session, uuid7

from .moment import NOW


def location(db: Session, store: channel.Store) -> inventory.Location:
    """The room where ``store`` keeps its goods; the same one when asked again."""
    for known in inventory.locations(db):
        if known.store_id == store.id:
            return known
    return inventory.create_location(
        db, code=f"L-{store.code}", kind="store", name=store.name, store_id=store.id
    )


def stock(
    db: Session, store: channel.Store, sku: product.Sku, quantity: int, *, now: datetime = NOW
) -> inventory.Location:
    """``quantity`` pieces of ``sku`` have arrived in ``store``."""
    place = location(db, store)
    if quantity:
        source = ("delivery", uuid7())
        inventory.receive(db, location_id=place.id, sku_id=sku.id, quantity=quantity, source=source, now=now)
    return place
