"""Regions and stores, what is near, and the codes that lead to a store."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Float, cast, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from center_core import user
from center_core.kit import N_, NotFound, Refused, Session, look_up, publish, random_code, uuid7

from .events import StoreRenamed
from .models import ChannelCode, Region, Store

EARTH_KM = 6371.0088
CODE = re.compile(r"[0-9A-Za-z]{1,64}")
CHANGEABLE = {
    "name", "region_id", "province", "city", "address", "lat", "lng", "phone", "hours", "zone", "active",
}  # fmt: skip


@dataclass(frozen=True)
class Nearby:
    """A store, and how far away it is as the crow flies."""

    store: Store
    km: float


def create_region(db: Session, *, code: str, name: dict[str, Any]) -> Region:
    """A new region. Refuses ``region_code_taken``."""
    added = insert(Region).values(id=uuid7(), code=code, name=name)
    row: Region | None = db.scalar(added.on_conflict_do_nothing().returning(Region))
    if row is None:
        raise Refused("region_code_taken", N_("There is a region %(code)s already."), code=code)
    return row


def rename_region(db: Session, *, region_id: UUID, name: dict[str, Any]) -> Region:
    """Call a region something else; its code stays."""
    row = db.get(Region, region_id)
    if row is None:
        raise NotFound("region_unknown", N_("There is no such region."))
    row.name = name
    db.flush()
    return row


def regions(db: Session) -> list[Region]:
    """All regions, by code."""
    return list(db.scalars(select(Region).order_by(Region.code)))


def create_store(
    db: Session,
    *,
    code: str,
    name: dict[str, Any],
    kind: str = "store",
    region_id: UUID | None = None,
    province: dict[str, Any] | None = None,
    city: dict[str, Any] | None = None,
    address: dict[str, Any] | None = None,
    lat: float | None = None,
    lng: float | None = None,
    phone: str | None = None,
    hours: str | None = None,
    zone: str = "Asia/Shanghai",
) -> Store:
    """A new store or e-shop. Refuses ``store_code_taken``."""
    added = insert(Store).values(
        id=uuid7(),
        code=code,
        kind=kind,
        name=name,
        region_id=region_id,
        province=province or {},
        city=city or {},
        address=address or {},
        lat=lat,
        lng=lng,
        phone=phone,
        hours=hours,
        zone=zone,
        active=True,
    )
    row: Store | None = db.scalar(added.on_conflict_do_nothing().returning(Store))
    if row is None:
        raise Refused("store_code_taken", N_("There is a store %(code)s already."), code=code)
    return row


def update_store(db: Session, *, store_id: UUID, changes: Mapping[str, Any], now: datetime) -> Store:
    """Change what is known of a store; its code and kind stay, since receipts and till systems name them."""
    row = store(db, store_id)
    before = row.name
    for field, value in changes.items():
        if field not in CHANGEABLE:
            raise Refused("store_field_fixed", N_("%(field)s of a store cannot be changed."), field=field)
        setattr(row, field, value)
    db.flush()
    if row.name != before:
        publish(db, StoreRenamed(row.id, before), now=now)
    return row


def store(db: Session, store_id: UUID) -> Store:
    """One store, also one that has closed."""
    row = db.get(Store, store_id)
    if row is None:
        raise _store_unknown()
    return row


def code_of(db: Session, store_id: UUID) -> str:
    """The code of a store that others refer to, without the ORM."""
    [(code,)] = look_up(db, "select code from store where id = %(store_id)s", store_id=store_id)
    return str(code)


def names_of(db: Session, store_ids: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    """What several stores are called, closed ones too; unknown ids are left out."""
    statement = "select id, name from store where id = any(%(store_ids)s)"
    return dict(map(tuple, look_up(db, statement, store_ids=list(store_ids)))) if store_ids else {}


def store_by_code(db: Session, code: str) -> Store:
    """The store with this code, as till systems name it."""
    row = db.scalar(select(Store).where(Store.code == code))
    if row is None:
        raise _store_unknown()
    return row


def stores(
    db: Session,
    *,
    city: str | None = None,
    q: str | None = None,
    kind: str | None = "store",
    closed: bool = False,
) -> list[Store]:
    """Stores by code. ``city`` is its name, ``q`` a part of code, name or address, in either language."""
    found = select(Store).order_by(Store.code)
    if not closed:
        found = found.where(Store.active)
    if kind is not None:
        found = found.where(Store.kind == kind)
    if city is not None:
        found = found.where(or_(Store.city["zh"].astext == city, Store.city["en"].astext == city))
    if q:
        texts = func.concat_ws(
            " ",
            Store.code,
            *(column[language].astext for column in (Store.name, Store.address) for language in ("zh", "en")),
        )
        found = found.where(func.strpos(func.lower(texts), q.strip().lower()) > 0)
    return list(db.scalars(found))


def cities(db: Session) -> list[dict[str, Any]]:
    """The cities that have an open store, those with most stores first."""
    counted = (
        select(Store.city)
        .where(Store.active, Store.kind == "store")
        .group_by(Store.city)
        .order_by(func.count().desc(), Store.city["en"].astext)
    )
    return list(db.scalars(counted))


def nearest(db: Session, *, lat: float, lng: float, limit: int = 5) -> list[Nearby]:
    """The open stores closest to a place, by the haversine formula on a sphere.

    A brand has thousands of stores at most, so all distances are computed; that takes milliseconds.
    """
    half_lat = func.radians(Store.lat - lat) / 2
    half_lng = func.radians(Store.lng - lng) / 2
    haversine = func.power(func.sin(half_lat), 2) + (
        func.cos(func.radians(cast(lat, Float)))
        * func.cos(func.radians(Store.lat))
        * func.power(func.sin(half_lng), 2)
    )
    km = 2 * EARTH_KM * func.asin(func.sqrt(func.least(1.0, haversine)))
    near = (
        select(Store, km)
        .where(Store.active, Store.kind == "store", Store.lat.is_not(None))
        .order_by(km, Store.code)
        .limit(limit)
    )
    return [Nearby(row, distance) for row, distance in db.execute(near)]


def within_reach(db: Session, access: user.Access) -> user.Access:
    """``access`` with a grant for each store of the regions it covers, so that it can be asked by store."""
    regional = {grant.place for grant in access.grants if grant.scope == "region"}
    if not regional:
        return access
    lie_there = db.execute(select(Store.id, Store.region_id).where(Store.region_id.in_(regional))).all()
    added = tuple(
        user.Grant(grant.role, "store", store_id)
        for grant in access.grants
        for store_id, region_id in lie_there
        if grant.scope == "region" and grant.place == region_id
    )
    return replace(access, grants=access.grants + added)


def make_code(
    db: Session,
    *,
    store_id: UUID,
    label: str,
    staff_id: UUID | None = None,
    campaign_slug: str | None = None,
    code: str | None = None,
) -> ChannelCode:
    """A code for a link, a poster or a guide's own card; eight characters from chance unless given.

    Refuses ``channel_code_taken``.
    """
    values = {
        "code": code or random_code(8),
        "store_id": store_id,
        "staff_id": staff_id,
        "label": label,
        "campaign_slug": campaign_slug,
        "active": True,
    }
    added = insert(ChannelCode).values(values).on_conflict_do_nothing().returning(ChannelCode)
    row = db.scalar(added)
    if row is None:
        raise Refused("channel_code_taken", N_("There is a code %(code)s already."), code=values["code"])
    return row


def resolve_code(db: Session, code: str) -> ChannelCode | None:
    """What a link's code leads to; ``None`` if it is unknown or retired, since a bad link must still open."""
    row = db.get(ChannelCode, code) if could_be_code(code) else None
    return row if row is not None and row.active else None


def could_be_code(text: str) -> bool:
    """Whether it has the form of a code: anybody may write anything into a link, NUL and whole novels too."""
    return CODE.fullmatch(text) is not None


def known_codes(db: Session, codes: Collection[str]) -> set[str]:
    """Those of ``codes`` that were ever made, retired ones too, in one statement."""
    return set(db.scalars(select(ChannelCode.code).where(ChannelCode.code.in_(codes))))


def codes(
    db: Session, *, store_id: UUID | None = None, campaign_slug: str | None = None
) -> list[ChannelCode]:
    """The codes of a store, of a campaign, or all."""
    found = select(ChannelCode).order_by(ChannelCode.label, ChannelCode.code)
    if store_id is not None:
        found = found.where(ChannelCode.store_id == store_id)
    if campaign_slug is not None:
        found = found.where(ChannelCode.campaign_slug == campaign_slug)
    return list(db.scalars(found))


def retire_code(db: Session, code: str) -> None:
    """Printed links with this code still open, and lead to no store any more."""
    row = db.get(ChannelCode, code)
    if row is None:
        raise NotFound("channel_code_unknown", N_("There is no such code."))
    row.active = False
    db.flush()


def _store_unknown() -> NotFound:
    return NotFound("store_unknown", N_("There is no such store."))
