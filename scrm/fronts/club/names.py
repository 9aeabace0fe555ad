"""Names as others may read them."""

from typing import Any

from campaigns.duel import Look


def shown_name(name: str) -> str:
    """A name as strangers may read it: its first character only, as is the custom on Chinese leaderboards."""
    return f"{name[:1]}**" if name else "**"


def told(seen: Look) -> dict[str, Any]:
    """A duel as its phone gets it: names as strangers may read them."""
    answer = seen.as_told()
    for side in ("mine", "theirs"):
        if answer[side]:
            answer[side]["name"] = shown_name(answer[side]["name"])
    return answer
