"""A marketer chooses by which game the draw is shown; each brings the form of its own settings."""

import re

import games

from .test_editor import Desks, begun, complaints, revision


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


def test_any_game_that_makes_a_score_may_be_the_challenge(desk: Desks) -> None:
    marketer = desk("marketer")
    path = begun(marketer, "challenge")
    page = marketer.get(f"{path}/edit").get_data(as_text=True)
    offered = set(re.findall(r'value="choose-game:challenge.game=([a-z-]+)"', page))
    assert offered == {slug for slug, game in games.discover().items() if game.scoring}


def test_questions_of_ones_own_are_checked_line_by_line(desk: Desks) -> None:
    marketer = desk("marketer")
    path = begun(marketer, "challenge")
    page = marketer.get(f"{path}/edit").get_data(as_text=True)
    chosen = {"revision": revision(page), "change": "choose-game:challenge.game=quiz", "step": "game"}
    marketer.post(f"{path}/draft", chosen)
    field = "challenge.game.config.own_questions"
    for typed, complaint in (("题目\n* 对\n- 错", True), ("题目\n* 对\n- 错\n- 差\n- 非", False)):
        page = marketer.get(f"{path}/edit").get_data(as_text=True)
        assert f'name="{field}"' in page
        marketer.post(f"{path}/draft", {"revision": revision(page), "step": "game", field: typed})
        page = marketer.get(f"{path}/edit").get_data(as_text=True)
        assert typed in page
        assert (field in complaints(page)) == complaint
