"""The OpenAPI document: what APIFlask reads off the routes, completed by what holds for all of them."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, cast

from flask import Flask

from .front import ANY_KEY, SIGNATURE
from .problems import OF_BODIES, OF_EVERY_ROUTE, OF_IDEMPOTENCY, OF_KEYS, PROBLEMS

Json = dict[str, Any]

EXAMPLE_ID = "01944f2e-8c00-7a4b-b1f7-2d1c55e0a101"
VERSION = "1.0"
DESCRIPTION = """
For tills, e-shops and payment providers. Ask headquarters for an API key of your store (console, API keys), send it as
`Authorization: Bearer sk_…`, and begin with `GET /v1/me`.

Money is in fen (1/100 yuan), times are UTC. Refusals are problem+json (RFC 9457): `key` never changes, `reasons` are
for machines, `detail` is for people, in the language of `Accept-Language`. Every POST that moves value needs an
`Idempotency-Key`: the same key with the same body gives the same answer, so send it again when
no answer came.
"""
TAGS = ("Key", "Members", "Coupons", "Sales", "Goods", "Payments")

ALLOWANCE = {
    "RateLimit-Limit": "Requests that the key has in a minute.",
    "RateLimit-Remaining": "How many of them are left, as far as this server knows.",
    "RateLimit-Reset": "Seconds until the next minute's begin.",
}
PARAMETERS: Json = {
    "Idempotency-Key": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "description": "A new one for each act, such as a UUID; the same one when it is sent again.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
        "example": "5f0c6a52-3f51-4c5e-9b0e-0d6f5b1f8a11",
    },
    "Timestamp": {
        "name": "Timestamp",
        "in": "header",
        "required": True,
        "description": "When it was signed, in seconds since 1970.",
        "schema": {"type": "string", "pattern": "^[0-9]{1,12}$"},
        "example": "1795320000",
    },
    "Signature": {
        "name": "Signature",
        "in": "header",
        "required": True,
        "description": "HMAC-SHA256 of timestamp, dot and body, in hexadecimal.",
        "schema": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "example": "9f" * 32,
    },
}
PROBLEM: Json = {
    "type": "object",
    "description": "A refusal (RFC 9457).",
    "required": ["type", "title", "status", "key", "detail", "reasons"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "key": {"type": "string", "description": "Stable: decide by this one."},
        "detail": {"type": "string", "description": "For people, in the language of Accept-Language."},
        "reasons": {"type": "object", "description": "For machines."},
    },
}


def document(app: Flask) -> Json:
    """The document of ``app``; made once."""
    if "openapi" not in app.extensions:
        app.extensions["openapi"] = _completed(_shared(app.spec))  # type: ignore[attr-defined]
    return cast(Json, app.extensions["openapi"])


def _shared(spec: Json) -> Json:
    """A copy in which a shape has one name, while APIFlask repeats it under each that holds it."""
    text = re.sub(r"#/components/schemas/\w+\.(\w+)", r"#/components/schemas/\1", json.dumps(spec))
    shared = cast(Json, json.loads(text))
    schemas = shared["components"]["schemas"]
    shared["components"]["schemas"] = {
        name.rpartition(".")[2]: shape for name, shape in sorted(schemas.items())
    }
    return shared


def _completed(spec: Json) -> Json:
    spec["info"] = {"title": "SCRM", "version": VERSION, "description": DESCRIPTION.strip()}
    spec["tags"] = [{"name": name} for name in TAGS]
    components = spec.setdefault("components", {})
    components["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer", "bearerFormat": "sk_…"}}
    components["parameters"] = PARAMETERS
    components["headers"] = {
        name: {"description": text, "schema": {"type": "string", "pattern": "^[0-9]+$"}}
        for name, text in ALLOWANCE.items()
    }
    components.setdefault("schemas", {})["Problem"] = PROBLEM
    for schema in components["schemas"].values():
        _give_example_ids(schema)
    for path, method, operation in _operations(spec):
        _complete(path, method, operation)
    return spec


def _operations(spec: Json) -> Iterator[tuple[str, str, Json]]:
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _complete(path: str, method: str, operation: Json) -> None:
    """Parameters with examples, the headers of every answer, and the refusals by status."""
    examples, once, also = (operation.pop(f"x-{name}") for name in ("examples", "once", "also"))
    scope, own = operation["x-scope"], operation.pop("x-refusals")
    parameters = operation["parameters"]
    for parameter in parameters:
        _complete_parameter(parameter, examples)

    keys = [*OF_EVERY_ROUTE, *own]
    if scope == SIGNATURE:
        operation["security"] = []
        parameters += [_reference("parameters", "Timestamp"), _reference("parameters", "Signature")]
    else:
        operation["security"] = [{"key": [] if scope == ANY_KEY else [scope]}]
        keys += OF_KEYS
    if once:
        parameters.append(_reference("parameters", "Idempotency-Key"))
        keys += OF_IDEMPOTENCY
    if method == "post":
        keys += OF_BODIES
        operation["requestBody"]["required"] = True
    if "{" in path:
        keys.append("not_found")
    if method == "post" or any(parameter.get("in") == "query" for parameter in parameters):
        keys.append("bad_input")

    if also is not None:
        (usual,) = operation["responses"].values()
        operation["responses"][str(also)] = dict(usual)
    for answer in operation["responses"].values():
        answer["headers"] = {name: _reference("headers", name) for name in ALLOWANCE}
    operation["responses"].update(_refusals(keys))


def _complete_parameter(parameter: Json, examples: dict[str, str]) -> None:
    name, schema = parameter["name"], parameter["schema"]
    if parameter["in"] == "path" and name.endswith("_id"):
        schema["format"] = "uuid"
        parameter["example"] = EXAMPLE_ID
    # A parameter that may be absent is not null when it is there.
    kinds = [kind for kind in schema.pop("anyOf", []) if kind != {"type": "null"}]
    for kind in kinds:
        schema.update(kind)
        schema.pop("default", None)
    if "description" in schema:
        parameter["description"] = schema.pop("description")
    if name in examples:
        parameter["example"] = examples[name]


def _refusals(keys: list[str]) -> Json:
    """The problem answers, one for each status, with an example for each key."""
    by_status: dict[int, list[str]] = defaultdict(list)
    for key in dict.fromkeys(keys):
        by_status[PROBLEMS[key].status].append(key)
    return {
        str(status): {
            "description": "\n".join(f"- `{key}`: {PROBLEMS[key].means}" for key in these),
            "content": {
                "application/problem+json": {
                    "schema": _reference("schemas", "Problem"),
                    "examples": {key: {"value": _example(key)} for key in these},
                }
            },
        }
        for status, these in sorted(by_status.items())
    }


def _example(key: str) -> Json:
    return {
        "type": f"/problems/{key}",
        "title": key.replace("_", " ").capitalize(),
        "status": PROBLEMS[key].status,
        "key": key,
        "detail": PROBLEMS[key].means,
        "reasons": {},
    }


def _give_example_ids(schema: Json) -> None:
    """Ids and times look alike everywhere, so their examples stand here once."""
    for field in schema.get("properties", {}).values():
        for kind in (field, *field.get("anyOf", ())):
            if kind.get("format") == "uuid":
                field.setdefault("examples", [EXAMPLE_ID])
            elif kind.get("format") == "date-time":
                field.setdefault("examples", ["2026-11-22T04:00:00Z"])


def _reference(kind: str, name: str) -> Json:
    return {"$ref": f"#/components/{kind}/{name}"}
