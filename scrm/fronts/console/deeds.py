"""The audit log in words: what was done, to what kind of thing, and its details as a person reads them."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from flask_babel import gettext as _

import campaigns
from center_core import channel, user
from center_core.kit import N_
from scrm.fronts.i18n import local_text
from scrm.fronts.web import db

from .field_names import field_name
from .people_named import staff_named
from .staff import ROLES

DEEDS: Mapping[str, str] = {
    "api_key.issue": N_("Made an API key"),
    "api_key.revoke": N_("Revoked an API key"),
    "campaign.create": N_("Started a campaign"),
    "campaign.edit": N_("Changed a campaign's draft"),
    "campaign.publish": N_("Published a campaign"),
    "campaign.pause": N_("Paused a campaign"),
    "campaign.resume": N_("Resumed a campaign"),
    "campaign.end": N_("Ended a campaign"),
    "campaign.export": N_("Exported a campaign's figures"),
    "channel_code.make": N_("Made a channel code"),
    "channel_code.retire": N_("Retired a channel code"),
    "coupon.send": N_("Sent a member a coupon"),
    "coupon.void": N_("Took a coupon away"),
    "coupon_template.create": N_("Created a coupon template"),
    "coupon_template.change": N_("Changed a coupon template"),
    "coupon_template.open": N_("Opened a coupon template"),
    "coupon_template.close": N_("Closed a coupon template"),
    "demo.begin": N_("Began to make the demo brand"),
    "demo.finish": N_("Finished making the demo brand"),
    "event.retry": N_("Had an event delivered again"),
    "location.import": N_("Brought in warehouses from a file"),
    "member.bind": N_("Gave a member another guide"),
    "member.erase": N_("Forgot a member for good"),
    "member.freeze": N_("Let a membership rest"),
    "member.look": N_("Looked at a member's card"),
    "member.unfreeze": N_("Let a membership go on"),
    "product.import": N_("Brought in goods from a file"),
    "season.create": N_("Created a season"),
    "season.end": N_("Ended a season"),
    "staff.create": N_("Added a colleague"),
    "staff.grant": N_("Gave a role"),
    "staff.revoke": N_("Took a role away"),
    "staff.reset_password": N_("Reset a password"),
    "staff.leave": N_("Ended a colleague's access"),
    "staff.return": N_("Let a colleague back in"),
    "store.change": N_("Changed a store"),
    "store.import": N_("Brought in stores from a file"),
    "tier.create": N_("Added a tier"),
    "tier.change": N_("Changed a tier"),
    "tier.remove": N_("Took a tier away"),
}

KINDS: Mapping[str, str] = {
    "api_key": N_("API key"),
    "campaign": N_("Campaign"),
    "channel_code": N_("Channel code"),
    "coupon": N_("Coupon"),
    "coupon_template": N_("Coupon template"),
    "demo": N_("Demo brand"),
    "event": N_("Event"),
    "location": N_("Warehouse"),
    "member": N_("Member"),
    "product": N_("Goods"),
    "season": N_("Season"),
    "staff": N_("Colleague"),
    "store": N_("Store"),
    "tier": N_("Tier"),
}

ACTORS: Mapping[str, str] = {
    "staff": N_("Staff"),
    "member": N_("A member"),
    "api": N_("A connected system"),
    "system": N_("The platform itself"),
}

NAMES: Mapping[str, str] = {
    "active": N_("Open to customers"),
    "address": N_("Street and house"),
    "campaign": N_("Campaign"),
    "code": N_("Code"),
    "earn_percent": N_("Points of a purchase, in per cent"),
    "fields": N_("Fields"),
    "given_back": N_("Members given back"),
    "handed_over": N_("Members handed over"),
    "hours": N_("Opening hours"),
    "lat": N_("Latitude"),
    "lng": N_("Longitude"),
    "locations_changed": N_("Warehouses renamed"),
    "locations_made": N_("Warehouses made"),
    "login": N_("Login name"),
    "name": N_("Name"),
    "phone": N_("Telephone"),
    "prize": N_("Prize number"),
    "reason": N_("Why"),
    "region_id": N_("Region"),
    "regions_changed": N_("Regions changed"),
    "regions_made": N_("Regions made"),
    "revision": N_("Revision"),
    "role": N_("Role"),
    "rows": N_("Rows"),
    "scope": N_("Where"),
    "scopes": N_("Allowed to"),
    "skus_changed": N_("SKUs changed"),
    "skus_made": N_("SKUs made"),
    "slug": N_("Address of the page"),
    "staff_id": N_("Colleague"),
    "store_id": N_("Store"),
    "stores_changed": N_("Stores changed"),
    "stores_made": N_("Stores made"),
    "styles_changed": N_("Styles changed"),
    "styles_made": N_("Styles made"),
    "threshold": N_("From growth"),
    "type": N_("Template"),
    "version": N_("Version"),
    "what": N_("Table"),
    "without_guide": N_("Members without a guide"),
}

WORDS: Mapping[str, Mapping[str, str]] = {
    "role": ROLES,
    "scope": {"brand": N_("Whole brand"), "region": N_("One region"), "store": N_("One store")},
    "what": {"report": N_("Report"), "winners": N_("Winners")},
}


class Deed(NamedTuple):
    """One entry of the log as it is shown; ``details`` are pairs of a name and what it was."""

    entry: user.Audit
    by: str
    did: str
    kind: str
    thing: str
    details: list[tuple[str, str]]


def told(entries: Iterable[user.Audit]) -> list[Deed]:
    """``entries`` in words. Ids become names where the name says more than the id."""
    entries = list(entries)
    people = staff_named(
        [
            *(entry.actor_id for entry in entries if entry.actor_kind == "staff"),
            *(_id(entry) for entry in entries if _kind(entry) == "staff"),
            *(entry.detail["staff_id"] for entry in entries if "staff_id" in entry.detail),
        ]
    )
    places = _places(entries)
    named = places | {id: local_text(name) for id, name in people.items()}
    return [
        Deed(
            entry,
            local_text(people.get(str(entry.actor_id))) or _(ACTORS.get(entry.actor_kind, entry.actor_kind)),
            _(DEEDS.get(entry.verb, entry.verb)),
            _(KINDS.get(_kind(entry), _kind(entry))),
            local_text(people.get(_id(entry))) or places.get(_id(entry)) or _id(entry),
            [
                (_(NAMES.get(name, name)), _value(name, value, named))
                for name, value in entry.detail.items()
                if value not in (None, "")
            ],
        )
        for entry in entries
    ]


def _kind(entry: user.Audit) -> str:
    return entry.subject.partition(":")[0]


def _id(entry: user.Audit) -> str:
    return entry.subject.partition(":")[2]


def _places(entries: list[user.Audit]) -> dict[str, str]:
    """The names of stores and regions by their ids; asked for only where an entry speaks of one."""
    named: dict[str, str] = {}
    if any(_kind(entry) == "store" or "store_id" in entry.detail for entry in entries):
        named |= {str(it.id): local_text(it.name) for it in channel.stores(db(), kind=None, closed=True)}
    if any("region_id" in entry.detail for entry in entries):
        named |= {str(it.id): local_text(it.name) for it in channel.regions(db())}
    return named


def _value(name: str, value: Any, named: Mapping[str, str]) -> str:
    if name == "fields":
        return ", ".join(field_name(path, {}) for path in value)
    if name == "type" and value in campaigns.types():
        return local_text(campaigns.types()[value].title)
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, Mapping):
        return local_text(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    word = WORDS.get(name, {}).get(str(value))
    return str(_(word)) if word else named.get(str(value), str(value))
