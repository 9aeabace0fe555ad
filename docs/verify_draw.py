#!/usr/bin/env python3
"""Check a draw yourself, with nothing but Python's standard library.

    python3 verify_draw.py receipt.json

``receipt.json`` is what the page of a draw offers at /verify/<code>.json. The script trusts nobody: it computes the
seed's fingerprint, the number and the prize again, and says where they differ from what the receipt claims. Compare
the fingerprint with the one that the campaign's page showed before the draw.
"""

import hashlib
import hmac
import json
import sys

PPM = 1_000_000  # Odds are whole parts of a million.
BITS = 48  # A number is the first 48 bits of the HMAC.


def number_of(seed: bytes, campaign: str, member: str, key: str) -> int:
    """The play's number: HMAC-SHA256(seed, "campaign:member:key"), its first six bytes."""
    message = f"{campaign}:{member}:{key}".encode()
    return int.from_bytes(hmac.new(seed, message, hashlib.sha256).digest()[: BITS // 8], "big")


def prize_of(number: int, lines: list[dict[str, int]]) -> int:
    """The prize whose parts of the million the number falls on."""
    part = (number * PPM) >> BITS
    return next(line["prize_no"] for line in lines if line["from_part"] <= part < line["upto_part"])


def differences(receipt: dict) -> list[str]:
    """Everything in the receipt that does not follow from the rest of it; empty if the draw was fair."""
    found = []
    seed = bytes.fromhex(receipt["seed"])
    if hashlib.sha256(seed).hexdigest() != receipt["seed_hash"]:
        found.append("the seed is not the one whose fingerprint was shown")
    number = number_of(seed, receipt["campaign_id"], receipt["member_id"], receipt["key"])
    if number != receipt["number"]:
        found.append(f"the number should be {number}, not {receipt['number']}")
    if receipt["final"]:
        return found  # Drawn at the end among all who took part: the lowest numbers won.
    drawn = prize_of(number, receipt["lines"])
    if drawn != receipt["drawn_no"]:
        found.append(f"the number falls on prize {drawn}, not {receipt['drawn_no']}")
    if receipt["released_at"]:
        if receipt["released_at"] > receipt["played_at"]:
            found.append("the unit was won before its moment of release")
        return found
    in_stock = receipt["left_over"] is None or receipt["left_over"] > 0
    won = drawn if in_stock else receipt["lines"][-1]["prize_no"]
    if won != receipt["prize_no"]:
        found.append(f"prize {won} should have been won, not {receipt['prize_no']}")
    return found


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    with open(sys.argv[1], encoding="utf-8") as file:
        receipt = json.load(file)
    if not receipt["seed"]:
        print("The seed is still secret: it is revealed when the campaign is settled. Come back then.")
        return 2
    found = differences(receipt)
    print("\n".join(found) if found else "Everything fits: this draw was fair.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
