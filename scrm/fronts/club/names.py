"""Names as others may read them."""


def shown_name(name: str) -> str:
    """A name as strangers may read it: its first character only, as is the custom on Chinese leaderboards."""
    return f"{name[:1]}**" if name else "**"
