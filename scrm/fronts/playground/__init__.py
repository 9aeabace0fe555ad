"""Where games are made: the real page of one game beside its state, its clock and its recordings.

No database, no Redis, no members. It is a development server for one's own machine and is never part of the
product's own application.
"""

from uuid import UUID

from flask import Flask, g

from scrm.config import Config
from scrm.fronts import assets, i18n, pictures, theme
from scrm.fronts.club import words
from scrm.fronts.club.campaign import percent

from .pages import blueprint as pages
from .questions import blueprint as questions
from .rounds import blueprint as club
from .workshop import Workshop

SOMEBODY = UUID(int=1)


def create_app(workshop: Workshop) -> Flask:
    """The playground of the game in ``workshop``."""
    app = Flask(
        "scrm",
        static_folder="fronts/static/dist",
        static_url_path="/static",
        template_folder="fronts/templates",
    )
    config = Config(database_url="", redis_url="", secret_key="nothing is secret in a playground")  # noqa: S106
    app.config.update(SECRET_KEY=config.secret_key, BRAND=f"{workshop.slug} · playground", DEMO=False)
    app.extensions["config"] = config
    app.extensions["workshop"] = workshop
    i18n.init_app(app, "en")
    for part in (assets, pictures, theme, words):
        part.init_app(app)
    app.before_request(_be_somebody)
    app.jinja_env.filters["percent"] = percent
    # The game's page links to the rest of the club, which is not here.
    app.url_build_error_handlers.append(lambda _error, _endpoint, _values: "#not-in-the-playground")
    app.register_blueprint(pages)
    app.register_blueprint(club)
    app.register_blueprint(questions)
    return app


def _be_somebody() -> None:
    """The page remembers whose unanswered question it keeps; here everybody is the same member."""
    g.member_id = SOMEBODY
