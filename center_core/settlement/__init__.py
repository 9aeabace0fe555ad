"""The settlement centre: attribution of sales to guides."""
