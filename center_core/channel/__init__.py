"""The channel centre: stores and e-shops, what is near, the codes that lead to them, their API keys."""

from .api_keys import SCOPES, issue_key, key, keys, note_use, require_scope, revoke_key, rights
from .checks import check
from .events import StoreRenamed
from .models import ApiKey, ChannelCode, Region, Store
from .service import (
    Nearby,
    cities,
    code_of,
    codes,
    could_be_code,
    create_region,
    create_store,
    known_codes,
    make_code,
    names_of,
    nearest,
    regions,
    rename_region,
    resolve_code,
    retire_code,
    store,
    store_by_code,
    stores,
    update_store,
    within_reach,
)

__all__ = [
    "SCOPES", "ApiKey", "ChannelCode", "Nearby", "Region", "Store", "StoreRenamed", "check", "cities", "code_of",
    "codes", "could_be_code", "create_region", "create_store", "issue_key", "key", "keys", "known_codes", "make_code",
    "names_of", "nearest", "note_use", "regions", "rename_region", "require_scope", "resolve_code", "retire_code",
    "revoke_key", "rights", "store", "store_by_code", "stores", "update_store", "within_reach",
]  # fmt: skip
