"""A game in a campaign's dress: with the texts and pictures that the marketer brought in place of the game's own."""

from flask import url_for

from campaigns import Definition
from games import Game
from scrm.fronts.i18n import language


def texts_of(definition: Definition, game: Game) -> dict[str, str]:
    """The game's texts in the reader's language; what a campaign says and the game no longer does is left out."""
    choice = definition.choice_of(game.slug)
    own = choice.words(language()) if choice else {}
    return {key: own.get(key, usual) for key, usual in game.texts[language()].items()}


def pictures_of(definition: Definition, game: Game) -> dict[str, str]:
    """The address of each picture that the campaign brings and the game has a place for."""
    choice = definition.choice_of(game.slug)
    brought = choice.pictures if choice else {}
    return {
        name: url_for("club.brought_picture", key=key)
        for name, key in brought.items()
        if name in game.pictures
    }
