"""The quiz played to its end in a browser, on a real server: by keyboard, with a connection that breaks."""

import pytest
from playwright.sync_api import Browser, Page, Route
from sqlalchemy import select

import games
from campaigns import GameRound
from campaigns.models import RoundQuestion
from tests.games.arcade import Hall, visit

pytestmark = pytest.mark.browser
QUIZ = games.game("quiz")
ANSWERS = {question.ask["en"]: question.right["en"] for question in QUIZ.bank}


def answer(page: Page, *, knows: bool = True) -> None:
    """Press the key of the right answer, or of another one, and go on."""
    page.wait_for_selector('.quiz[data-phase="open"]')
    right = ANSWERS[page.inner_text(".quiz-question")]
    options = page.locator(".quiz-options button span").all_inner_texts()
    choice = options.index(right) if knows else (options.index(right) + 1) % 4
    page.keyboard.press(str(choice + 1))
    page.wait_for_selector('.quiz[data-phase="judged"]')
    assert page.inner_text(".quiz-options [data-is=right] span") == right
    assert page.evaluate("document.activeElement.className").endswith("quiz-next")
    page.keyboard.press("Enter")


def test_it_is_played_to_its_end_whatever_the_connection_does(hall: Hall, browser: Browser) -> None:
    phone = visit(hall, browser, QUIZ)
    page = phone.page
    lost: list[str] = []

    def lose_first(route: Route) -> None:
        # The answer to the first question is judged, but its verdict never arrives.
        if not lost:
            lost.append(route.request.url)
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/questions/1/answer", lose_first)
    page.evaluate("clock.pace = 4")
    page.click("[data-start]")
    for no in range(1, 9):
        answer(page, knows=no != 3)
    page.wait_for_selector("#result[open]")
    with hall.database.transaction() as db:
        counted = db.scalars(select(GameRound).where(GameRound.game == "quiz")).one()
        right = db.scalars(select(RoundQuestion.points).order_by(RoundQuestion.no)).all()
    assert page.inner_text('#result [data-slot="score"]') == str(counted.score)
    assert [points > 0 for points in right] == [no != 3 for no in range(1, 9)]
    assert lost
    assert [line for line in phone.wrong if "ERR_FAILED" not in line] == []
    assert page.evaluate("shifts") == []
    page.context.close()


COUNT = """
() => {
  window.asked = [];
  for (const [owner, name] of [[Element.prototype, "getBoundingClientRect"], [Element.prototype, "querySelector"]]) {
    const own = owner[name];
    owner[name] = function (...given) {
      asked.push(name);
      return own.apply(this, given);
    };
  }
}
"""
MOVED = """
document.getAnimations()
  .filter(({ effect }) => effect.target.closest(".quiz-ring"))
  .flatMap(({ effect }) => effect.getKeyframes())
  .flatMap((frame) => Object.keys(frame))
"""


def test_while_the_ring_runs_nothing_is_laid_out_or_painted_for_it(hall: Hall, browser: Browser) -> None:
    phone = visit(hall, browser, QUIZ)
    page = phone.page
    page.click("[data-start]")
    page.wait_for_selector('.quiz[data-phase="open"]')
    page.evaluate("clock.pace = 0")
    page.evaluate("clock.step(2)")
    page.evaluate(COUNT)
    page.evaluate("clock.step(30)")
    assert page.evaluate("asked") == []
    moved = page.evaluate(MOVED)
    assert "transform" in moved
    assert set(moved) <= {"transform", "offset", "computedOffset", "easing", "composite"}
    # The hare looks over the card's edge also after the card has moved.
    page.evaluate("document.querySelector('.quiz-options').style.height = '30rem'")
    page.evaluate("clock.breathe(60)")
    page.evaluate("clock.step(1)")
    assert page.evaluate("asked") == ["querySelector", "getBoundingClientRect", "getBoundingClientRect"]
    phone.page.context.close()
