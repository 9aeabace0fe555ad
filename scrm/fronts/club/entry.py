"""Who may take part in a campaign, told to consumers before they join or play."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flask_babel import gettext as _

from campaigns.definition import Entry
from center_core import channel, member
from scrm.fronts.i18n import local_text
from scrm.fronts.web import db


def entry_line(entry: Entry) -> str:
    """The conditions in the reader's language; empty, and asks nobody, where everybody may take part."""
    conditions = list(_conditions(entry))
    if len(conditions) < 2:
        return "".join(conditions)
    return str(_("All of this at once: %(conditions)s", conditions=_("; ").join(conditions)))


def _conditions(entry: Entry) -> Iterator[str]:
    if entry.new_members:
        yield _("Members who join during the campaign")
    if entry.tiers:
        tiers = {tier.code: tier.name for tier in member.tiers(db())}
        yield _("Members of these tiers: %(tiers)s", tiers=_names(tiers, entry.tiers))
    if entry.store_ids:
        stores = channel.names_of(db(), entry.store_ids)
        yield _("Members who joined in these stores: %(stores)s", stores=_names(stores, entry.store_ids))
    if entry.tags:
        # What the brand calls them is not meant for their eyes.
        yield _("Invited members")


def _names(known: Mapping[Any, Any], wanted: Iterable[Any]) -> str:
    return str(_(", ").join(local_text(known[one]) for one in wanted if one in known))
