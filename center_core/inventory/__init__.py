"""The inventory centre: stock as append-only movements, with holds."""
