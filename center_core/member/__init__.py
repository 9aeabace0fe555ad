"""The member centre: who a member is, their card, consent, tier, points, and the guide they belong to."""

from .bindings import bind, bind_in_store, bindings, guide_of, guides_at, guides_of
from .cards import card_number, dynamic_code, random_card_number
from .checks import check
from .codes import PER_ESHOP_AND_HOUR, PER_ORIGIN_AND_HOUR, check_code, forget_codes, request_code
from .consents import consents, give_consent, withdraw_consent
from .events import (
    MemberBound,
    MemberErased,
    MemberFrozen,
    MemberJoined,
    MembersHandedOver,
    OneTimeCodeRequested,
    PointsPosted,
    TierChanged,
)
from .finding import members_of, search, without_guide
from .handover import Share, hand_over, handed_over, handover_plan, members_to_return, return_members
from .joining import join, walk_in
from .lots import expire_points, points_expiring, release_points
from .models import Binding, Consent, Identity, Member, PointsPosting, Tag, Tier
from .names import normal_phone, pinyin_of, tail_of
from .points import Balance, Earning, balance, earn, earn_all, give_back, postings, reverse, spend
from .service import (
    add_tag,
    by_card,
    by_identity,
    by_phone,
    change_profile,
    erase,
    freeze,
    member,
    members,
    names_of,
    remove_tag,
    tags,
    unfreeze,
)
from .standing import Standing, frozen, is_active, standing, unknown
from .tier_setting import add_tier, change_tier, remove_tier
from .tiers import (
    earn_percents,
    give_lowest_tier,
    growth,
    lowest_tier,
    recompute_tier,
    recompute_tiers,
    review_tiers,
    tier,
    tiers,
)
from .till import (
    TillCard,
    by_dynamic_code,
    till_card,
    till_card_by_number,
    till_card_by_phone,
    walk_in_id,
)

__all__ = [
    "PER_ESHOP_AND_HOUR", "PER_ORIGIN_AND_HOUR", "Balance", "Binding", "Consent", "Earning", "Identity", "Member",
    "MemberBound", "MemberErased", "MemberFrozen", "MemberJoined", "MembersHandedOver", "OneTimeCodeRequested",
    "PointsPosted", "PointsPosting", "Share", "Standing", "Tag", "Tier", "TierChanged", "TillCard", "add_tag",
    "add_tier", "balance", "bind", "bind_in_store", "bindings", "by_card", "by_dynamic_code", "by_identity", "by_phone",
    "card_number", "change_profile", "change_tier", "check", "check_code", "consents", "dynamic_code", "earn",
    "earn_all", "earn_percents", "erase", "expire_points", "forget_codes", "freeze", "frozen", "give_back",
    "give_consent", "give_lowest_tier", "growth", "guide_of", "guides_at", "guides_of", "hand_over", "handed_over",
    "handover_plan", "is_active", "join", "lowest_tier", "member", "members", "members_of", "members_to_return",
    "names_of", "normal_phone", "pinyin_of", "points_expiring", "postings", "random_card_number", "recompute_tier",
    "recompute_tiers", "release_points", "remove_tag", "remove_tier", "request_code", "return_members", "reverse",
    "review_tiers", "search", "spend", "standing", "tags", "tail_of", "tier", "tiers", "till_card",
    "till_card_by_number", "till_card_by_phone", "unfreeze", "unknown", "walk_in", "walk_in_id", "withdraw_consent",
    "without_guide",
]  # fmt: skip
