"""The channel centre: stores, e-shop and other channels, their codes and API keys."""
