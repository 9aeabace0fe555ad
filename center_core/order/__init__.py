"""The order centre: orders, payments, returns."""
