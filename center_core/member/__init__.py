"""The member centre: members: identity, card, tier, points ledger, binding to a guide."""
