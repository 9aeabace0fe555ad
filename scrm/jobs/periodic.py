"""Everything that happens because of the time alone, in one list."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import text

import campaigns
from center_core import inventory, marketing, member, order, user
from center_core.kit import Session, least_id
from scrm import forgetting
from scrm.jobs.schedule import Periodic

PORTION = 500
KEEP_DELIVERED_EVENTS = timedelta(days=7)
# An integrator's retry after a day is a new request.
KEEP_ANSWERS = timedelta(days=2)

# What was done before some moment was published before it, too: without that, the events of a week would be read.
FORGET_EVENTS = text(
    "with old as (select id from outbox where done_at < :before and id < :least order by id limit :limit), "
    "forgotten as (delete from delivery where event_id in (select id from old)) "
    "delete from outbox where id in (select id from old)"
)
FORGET_ANSWERS = text(
    "delete from idempotent_request where (scope, key) in "
    "(select scope, key from idempotent_request where answered_at < :before limit :limit)"
)


def forget_events(db: Session, *, now: datetime, limit: int) -> int:
    """Forget events that took effect long ago, with the records of their deliveries; parked ones stay."""
    before = now - KEEP_DELIVERED_EVENTS
    values = {"before": before, "least": least_id(before), "limit": limit}
    return db.execute(FORGET_EVENTS, values).rowcount  # type: ignore[attr-defined,no-any-return]


def forget_answers(db: Session, *, now: datetime, limit: int) -> int:
    """Forget the stored answers of old idempotent requests."""
    return db.execute(FORGET_ANSWERS, {"before": now - KEEP_ANSWERS, "limit": limit}).rowcount  # type: ignore[attr-defined,no-any-return]


def in_portions(verb: Callable[..., int]) -> Callable[..., int]:
    """A centre's `verb(db, now=, limit=)`, some rows at a time, so that no transaction grows long."""

    def portion(db: Session, *, now: datetime) -> int:
        return verb(db, now=now, limit=PORTION)

    return portion


def periodic_jobs() -> tuple[Periodic, ...]:
    """Seconds are how late a thing may happen; what people would feel is checked when it is used, too."""
    return (
        Periodic("campaigns", 1, in_portions(campaigns.tick)),
        Periodic("release holds", 10, in_portions(inventory.expire_holds)),
        Periodic("cancel unpaid orders", 10, order.expire_unpaid),
        Periodic("release points", 60, in_portions(member.release_points)),
        Periodic("expire points", 60, in_portions(member.expire_points)),
        Periodic("review tiers", 600, in_portions(member.review_tiers)),
        Periodic("give lowest tier", 60, in_portions(member.give_lowest_tier)),
        Periodic("expire coupons", 60, in_portions(marketing.expire_coupons)),
        Periodic("forget one-time codes", 600, in_portions(member.forget_codes)),
        Periodic("forget sign-in attempts", 600, in_portions(user.forget_attempts)),
        Periodic("forget pictures", 3600, in_portions(campaigns.picture.forget_unused)),
        Periodic("forget events", 600, in_portions(forget_events)),
        Periodic("forget text messages", 600, in_portions(forgetting.forget_messages)),
        Periodic("forget answers", 600, in_portions(forget_answers)),
    )
