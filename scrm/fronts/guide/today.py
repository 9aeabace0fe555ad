"""Today: how the day goes and what happens to one's members, each line with what it asks for."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from center_core import settlement
from center_core.kit import Page, local_day
from scrm.engagement import feed
from scrm.engagement.feed import Feed
from scrm.fronts.web import db, now

from .front import blueprint, for_guides, is_fragment, me, midnight, shop
from .whose import MINE, Whose, team, whose

SHOWN = 20
TO_DO, ALL = "todo", "all"


@dataclass(frozen=True)
class Numbers:
    """Today at one look."""

    sales: settlement.Results
    new_members: int
    wins: int
    to_do: int


@blueprint.get("/")
@for_guides("member.view")
def home() -> ResponseReturnValue:
    return redirect(url_for("guide.today"))


@blueprint.get("/today")
@for_guides("member.view")
def today() -> str:
    """The numbers and the newest lines; a script asks for the lines alone, to show what has come since."""
    choice = whose()
    return render_template(
        "guide/_feed.html" if is_fragment() else "guide/today.html",
        page=_page(choice),
        numbers=_numbers(choice),
        choice=choice,
        team=team(),
        show=_show(choice),
    )


@blueprint.get("/today/earlier")
@for_guides("member.view")
def earlier() -> str:
    """The lines that follow further down."""
    choice = whose()
    return render_template(
        "guide/_lines.html", page=_page(choice), choice=choice, team=team(), show=_show(choice)
    )


@blueprint.post("/today/<uuid:line_id>/completion")
@for_guides("member.view")
def complete(line_id: UUID) -> ResponseReturnValue:
    """A task is done: ticked off, or by writing to the member, which is where ``talk`` leads."""
    line = feed.finish(db(), staff_id=me().id, line_id=line_id, now=now())
    if "talk" in request.form and line.member_id:
        say = request.form["talk"]
        return redirect(url_for("guide.conversation_with", member_id=line.member_id, say=say))
    return _changed(line)


@blueprint.post("/today/<uuid:line_id>/reopening")
@for_guides("member.view")
def reopen(line_id: UUID) -> ResponseReturnValue:
    """It was ticked off by mistake."""
    return _changed(feed.reopen(db(), staff_id=me().id, line_id=line_id))


def _changed(line: Feed) -> ResponseReturnValue:
    if not is_fragment():
        return redirect(url_for("guide.today"))
    return render_template(
        "guide/_changed.html",
        line=line,
        choice=Whose(MINE, me()),
        to_do=feed.count_open(db(), staff_ids=[me().id], now=now()),
    )


def _show(choice: Whose) -> str:
    """Tasks first for those who do them; whoever watches the store sees everything."""
    return request.args.get("show") or (TO_DO if choice.is_mine else ALL)


def _page(choice: Whose) -> Page[Feed]:
    after = request.args.get("after")
    if _show(choice) == TO_DO:
        return feed.open_tasks(db(), staff_ids=choice.staff_ids, now=now(), after=after, limit=SHOWN)
    return feed.of_staff(db(), staff_ids=choice.staff_ids, after=after, limit=SHOWN)


def _numbers(choice: Whose) -> Numbers:
    day = local_day(now(), shop().zone)
    since = midnight(day)
    counts = feed.counts_since(db(), staff_ids=choice.staff_ids, since=since)
    return Numbers(
        sales=settlement.results_of(
            db(), since=since, until=midnight(day + timedelta(days=1)), **choice.scope
        ),
        new_members=counts.get(feed.JOIN, 0),
        wins=counts.get(feed.WIN, 0),
        to_do=feed.count_open(db(), staff_ids=choice.staff_ids, now=now()),
    )
