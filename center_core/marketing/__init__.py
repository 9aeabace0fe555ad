"""The marketing centre: coupon templates and coupons."""
