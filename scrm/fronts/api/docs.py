"""The page on which ``/v1`` can be tried, and the document behind it."""

import orjson
from flask import Response, current_app, render_template

from .document import PARAMETERS, document
from .front import blueprint
from .words import spoken


@blueprint.get("/docs")
@blueprint.doc(hide=True)
def docs() -> str:
    """Every operation with its fields, examples and refusals, and a button that sends it."""
    return render_template(
        "api/docs.html", example_key=PARAMETERS["Idempotency-Key"]["example"], words=spoken()
    )


@blueprint.get("/openapi.json")
@blueprint.doc(hide=True)
def openapi() -> Response:
    """The OpenAPI 3.1 document."""
    return Response(orjson.dumps(document(current_app)), mimetype="application/json")
