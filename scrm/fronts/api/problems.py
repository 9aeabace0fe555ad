"""Every refusal that ``/v1`` may answer, by its key: the status, and what to do about it.

The document and the table in docs/api.md are made from this; tests hold it against what routes really answer.
"""

from typing import NamedTuple


class Problem(NamedTuple):
    """``means`` says what happened, and what the caller does about it."""

    status: int
    means: str


PROBLEMS = {
    # The request itself.
    "bad_request": Problem(400, "The body is not JSON, or holds what cannot be stored. Correct the request."),
    "idempotency_key_missing": Problem(400, "The header `Idempotency-Key` is missing. Send one for each act."),
    "idempotency_key_bad": Problem(400, "The `Idempotency-Key` is longer than 200 characters or not printable."),
    "not_found": Problem(404, "There is no such address; an id in it may not be a UUID."),
    "method_not_allowed": Problem(405, "This address does not take that method."),
    "too_large": Problem(413, "The body is larger than 1 MB."),
    "too_slow": Problem(408, "The body did not arrive in time. Send the same again."),
    "unsupported_media_type": Problem(415, "Send `Content-Type: application/json`."),
    "bad_input": Problem(422, "Fields are missing or wrong: `reasons.errors` lists where and which rule."),
    "idempotency_key_reused": Problem(422, "This `Idempotency-Key` came before with another request."),
    "idempotency_in_flight": Problem(409, "The same request is still at work. Send it again after a second."),
    # The key.
    "api_key_missing": Problem(401, "Send `Authorization: Bearer sk_…`."),
    "api_key_unknown": Problem(401, "No such API key. Check that it was copied whole."),
    "api_key_revoked": Problem(401, "The key was revoked at `revoked_at`. Ask headquarters for a new one."),
    "store_closed": Problem(403, "The store `store` of the key is closed. Headquarters can open it again."),
    "scope_missing": Problem(403, "The key lacks `scope`; `scopes` are what it has."),
    "signature_wrong": Problem(401, "The notification is not signed with the shared secret, or is too old."),
    "too_many_requests": Problem(429, "The minute's allowance is used up. Wait `retry_after` seconds."),
    # Members.
    "member_unknown": Problem(404, "There is no such member."),
    "member_frozen": Problem(409, "The membership is frozen; the service desk can say why."),
    "member_code_malformed": Problem(409, "What was scanned is not a member code of 18 digits."),
    "member_code_stale": Problem(409, "The code is older than a minute. Scan it again from the phone."),
    "phone_invalid": Problem(409, "This is not a mobile number."),
    "code_too_soon": Problem(429, "A code was just sent. Wait `retry_after` seconds."),
    "code_too_many": Problem(429, "Too many codes for the phone or store, or wrong ones. Wait `retry_after` seconds."),
    "code_wrong": Problem(409, "Not the code that was sent; `tries_left` says how often it may be tried still."),
    "code_expired": Problem(409, "No code is open for this phone any more. Send a new one."),
    "privacy_version_outdated": Problem(409, "Show the terms of version `current`, then ask again."),
    "staff_unknown": Problem(404, "Nobody with this login works in this store."),
    # Coupons.
    "coupon_unknown": Problem(404, "There is no such coupon, or it is not this member's."),
    "coupon_used": Problem(409, "The coupon was used before, perhaps a moment ago at another till."),
    "coupon_void": Problem(409, "The coupon was withdrawn."),
    "coupon_not_yet": Problem(409, "The coupon is valid from `valid_from` on."),
    "coupon_expired": Problem(409, "The coupon was valid until `valid_until`."),
    "coupon_wrong_store": Problem(409, "The coupon is not valid in this store."),
    "coupon_scope": Problem(409, "None of the articles take part in the coupon."),
    "coupon_minimum": Problem(409, "Articles for `minimum_fen` are needed; these are `amount_fen`."),
    "coupon_stacking": Problem(409, "The coupon cannot be used beside the others, or nothing is left to take off."),
    "coupon_needs_member": Problem(409, "Coupons need a `member_id`."),
    "coupon_order_differs": Problem(409, "The coupon was used with this very number, for another basket."),
    "redemption_unknown": Problem(404, "This store did not redeem this coupon with this receipt."),
    "receipt_number_taken": Problem(409, "The receipt is an order, or has a coupon besides: use orders and returns."),
    # Sales.
    "sku_unknown": Problem(404, "`codes` or `barcode` name no article."),
    "location_unknown": Problem(404, "The key's store keeps no stock."),
    "sold_out": Problem(409, "Only `available` of the `wanted` pieces of the article are here."),
    "movement_number_taken": Problem(409, "The number of the note was booked before with other contents."),
    "order_unknown": Problem(404, "This store has no order of that number."),
    "order_total_wrong": Problem(409, "The payments must add up to `expected_fen`."),
    "order_number_taken": Problem(409, "The number was recorded before with other contents."),
    "order_not_returnable": Problem(409, "The order is in the state `state`."),
    "return_too_much": Problem(409, "Only `left` pieces of the article can still be returned."),
    "return_number_taken": Problem(409, "The return's number was recorded before with other contents."),
    "payment_unknown": Problem(404, "We did not ask for this payment."),
    "payment_amount_wrong": Problem(409, "Another amount was asked for: `expected_fen`."),
    # Our side.
    "failure": Problem(500, "Something went wrong on our side; nothing was saved. Send the same again."),
    "unavailable": Problem(503, "Busy or restarting; nothing was saved. Send the same again in a second."),
}  # fmt: skip

OF_EVERY_ROUTE = ("bad_request", "failure", "unavailable")
OF_KEYS = (
    "api_key_missing",
    "api_key_unknown",
    "api_key_revoked",
    "store_closed",
    "scope_missing",
    "too_many_requests",
)
OF_BODIES = ("too_large", "too_slow", "unsupported_media_type")
OF_IDEMPOTENCY = (
    "idempotency_key_missing", "idempotency_key_bad", "idempotency_key_reused", "idempotency_in_flight",
)  # fmt: skip
