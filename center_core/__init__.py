"""The shared centres: members, products, stock, coupons, orders, staff. No web and no campaign in here."""
