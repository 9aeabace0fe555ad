"""The product centre: styles, colours, sizes, SKUs."""
