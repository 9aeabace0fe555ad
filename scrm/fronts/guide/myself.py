"""The guide's own page: the code that binds new members to them, as QR and as links; language, signing out."""

from typing import NamedTuple

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scrm.engine import engine
from scrm.fronts.i18n import local_text
from scrm.fronts.web import db, now

from .channel_code import make_own_code, own_code
from .front import blueprint, for_guides, me


class Way(NamedTuple):
    """Somewhere that the guide's code leads to; ``slug`` is empty for the club itself."""

    slug: str
    title: str
    address: str


@blueprint.get("/me")
@for_guides("member.view")
def myself() -> str:
    """``?to=`` is the campaign that the QR code leads to."""
    code = own_code(db(), me())
    ways = _ways(code.code) if code else []
    asked = request.args.get("to", "")
    chosen = next((way for way in ways if way.slug == asked), ways[0] if ways else None)
    return render_template("guide/me.html", code=code, ways=ways, chosen=chosen)


@blueprint.post("/me/code")
@for_guides("member.view")
def make_code() -> ResponseReturnValue:
    """A code for whoever has none yet; whoever has one keeps it."""
    make_own_code(db(), me())
    return redirect(url_for("guide.myself"))


def _ways(code: str) -> list[Way]:
    public = current_app.extensions["config"].public_url.rstrip("/")
    return [
        Way("", "", public + url_for("club.join", k=code)),
        *(
            Way(
                live.slug,
                local_text(live.definition.title.model_dump()),
                public + url_for("club.campaign", slug=live.slug, k=code),
            )
            for live in engine().running(now())
        ),
    ]
