"""A marketer chooses by which game the draw is shown; each brings the form of its own settings."""

import re

import games

from .test_editor import Desks, begun, revision


def test_any_game_of_chance_may_show_the_draw(desk: Desks) -> None:
    marketer = desk("marketer")
    path = begun(marketer)
    page = marketer.get(f"{path}/edit").get_data(as_text=True)
    offered = set(re.findall(r'value="choose-game:game=([a-z-]+)"', page))
    assert offered == {slug for slug, game in games.discover().items() if game.kind == "chance"}
    for slug in sorted(offered - {"wheel"}):
        marketer.post(
            f"{path}/draft",
            {"revision": revision(page), "change": f"choose-game:game={slug}", "step": "game"},
        )
        page = marketer.get(f"{path}/edit").get_data(as_text=True)
        assert set(re.findall(r'name="game\.config\.([a-z_]+)"', page)) == set(
            games.game(slug).settings.model_fields
        )
