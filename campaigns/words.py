"""The words of a campaign that come from its game, and how they follow when another game is chosen."""

from typing import Any

from games import Game

FROM_THE_GAME = ("title", "intro", "share")


def words_of(game: Game) -> dict[str, Any]:
    """Title, introduction and text of a shared link, as a draft has them."""
    return {name: dict(getattr(game.campaign, name)) for name in FROM_THE_GAME}


def follow(draft: dict[str, Any], before: Game, after: Game) -> None:
    """Put the words of ``after`` wherever the draft still has those of ``before``; what a marketer wrote stays.

    The score that earns a chance follows likewise: 20 seconds mean nothing where points are made.
    """
    usual, new = words_of(before), words_of(after)
    for name in FROM_THE_GAME:
        texts = draft.get(name)
        if isinstance(texts, dict):
            for language, words in usual[name].items():
                if texts.get(language) == words:
                    texts[language] = new[name][language]
    challenge = draft.get("challenge")
    grants = challenge.get("grants") if isinstance(challenge, dict) else None
    for grant in grants or ():
        if after.campaign.reach is not None and grant.get("reach") == before.campaign.reach:
            grant["reach"] = after.campaign.reach
