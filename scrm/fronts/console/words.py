"""What the console calls the states, kinds and strategies that the centres know by stable keys."""

from center_core.kit import N_

CAMPAIGN_STATES = {
    "draft": N_("Draft"),
    "scheduled": N_("Scheduled"),
    "running": N_("Running"),
    "paused": N_("Paused"),
    "ended": N_("Ended"),
    "settled": N_("Settled"),
}

PRIZE_KINDS = {
    "gift": N_("Gift voucher"),
    "coupon": N_("Coupon"),
    "points": N_("Points"),
    "none": N_("A kind word"),
}

STRATEGIES = {
    "odds": N_("Odds"),
    "moments": N_("Release moments"),
    "exactly": N_("Exactly N"),
}

STRATEGY_HINTS = {
    "odds": N_("Each play is drawn by the published odds, as long as there is stock."),
    "moments": N_("Each piece of a limited prize has a moment of release; the first play after it wins it."),
    "exactly": N_("By odds; what is left at the end is drawn among those who took part: all are given."),
}

ZONES = ("Asia/Shanghai", "Asia/Hong_Kong", "Asia/Urumqi", "Asia/Tokyo", "UTC")

PICTURES = {
    "ridge": N_("Ridge"),
    "peaks": N_("Peaks"),
    "valley": N_("Valley"),
    "pass": N_("Pass"),
}

ORDER_STATES = {
    "placed": N_("Placed"),
    "paid": N_("Paid"),
    "part_returned": N_("Partly returned"),
    "returned": N_("Returned"),
    "cancelled": N_("Cancelled"),
}

COUPON_STATES = {
    "issued": N_("Usable"),
    "redeemed": N_("Redeemed"),
    "expired": N_("Expired"),
    "void": N_("Void"),
}

POSTING_KINDS = {
    "earn": N_("Earned"),
    "release": N_("Released"),
    "spend": N_("Spent"),
    "expire": N_("Expired"),
    "reverse": N_("Taken back"),
}

CONSENT_DOCUMENTS = {
    "privacy": N_("Privacy terms"),
    "marketing": N_("News of campaigns and coupons"),
}
