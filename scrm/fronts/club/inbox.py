"""The demo's inbox: what the SMS adapter would have sent, so that one can join without a phone."""

from flask import render_template

from scrm.adapters import sms
from scrm.fronts.web import db

from .front import demo


@demo.get("/demo/inbox")
def inbox() -> str:
    return render_template("club/inbox.html", messages=sms.inbox(db(), limit=50))
