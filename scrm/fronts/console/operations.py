"""Operations: are deliveries keeping up, what was given up on, and taking it up again."""

from uuid import UUID

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scrm import backlog
from scrm.fronts.web import db, now

from .front import blueprint, for_brand, note


@blueprint.get("/operations")
@for_brand("operations.view")
def operations() -> ResponseReturnValue:
    """The outbox in figures, and every parked event with its error."""
    return render_template(
        "console/operations.html",
        backlog=backlog.backlog(db()),
        parked=backlog.parked(db()),
        sends_sms=current_app.extensions["config"].sends_sms,
        now=now(),
    )


@blueprint.post("/operations/events/<uuid:event_id>/retry")
@for_brand("operations.retry")
def retry_event(event_id: UUID) -> ResponseReturnValue:
    """After the cause is mended."""
    event = backlog.retry(db(), event_id=event_id)
    note("event.retry", f"event:{event_id}", name=event.name)
    flash(_("%(name)s will be delivered again.", name=event.name))
    return redirect(url_for("console.operations"))
