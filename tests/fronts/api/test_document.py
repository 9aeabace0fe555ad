"""The OpenAPI document: valid, complete, with examples that its own shapes accept; and the guide beside it."""

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from flask import Flask

from center_core import kit
from scrm.fronts.api import words
from scrm.fronts.api.document import TAGS
from scrm.fronts.api.problems import PROBLEMS
from scrm.fronts.refusals import HTTP_FAULTS, status_of

ROOT = Path(__file__).parents[3]
WORDS = re.compile(r'<script type="application/json" id="words">(.*)</script>')
RAISED = ("Refused", "NotFound", "Forbidden")
OF_STATUS = {
    "method_not_allowed",
    "not_found",
    "bad_request",
    "too_large",
    "unsupported_media_type",
    "unavailable",
}


@pytest.fixture
def spec(app: Flask) -> dict[str, Any]:
    answer = app.test_client().get("/v1/openapi.json")
    assert answer.content_type == "application/json"
    return answer.json


def operations(spec: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def test_it_is_valid(spec: dict[str, Any]) -> None:
    assert spec["openapi"].startswith("3.1")
    schemathesis.openapi.from_dict(spec).validate()


def test_every_shape_has_a_name_and_an_example_that_fits(spec: dict[str, Any]) -> None:
    for name, shape in spec["components"]["schemas"].items():
        assert "." not in name
        for field, its in shape.get("properties", {}).items():
            for example in its.get("examples", []):
                whole = {**its, "$defs": {}, "components": spec["components"]}
                assert jsonschema_rs.is_valid(whole, example), f"{name}.{field}: {example}"


def test_every_operation_says_what_it_needs_and_answers(spec: dict[str, Any]) -> None:
    for name, operation in operations(spec):
        assert operation["operationId"], name
        assert operation["summary"].endswith("."), name
        assert operation["security"] == [] or list(operation["security"][0]) == ["key"], name
        answers = operation["responses"]
        assert any(status.startswith("2") for status in answers), name
        for status, answer in answers.items():
            kind = "application/json" if status.startswith("2") else "application/problem+json"
            assert list(answer["content"]) == [kind], f"{name} {status}"


def test_what_moves_value_asks_for_an_idempotency_key(spec: dict[str, Any]) -> None:
    asking = {
        name for name, operation in operations(spec)
        if {"$ref": "#/components/parameters/Idempotency-Key"} in operation["parameters"]
    }  # fmt: skip
    assert asking == {
        "POST /v1/members",
        "POST /v1/orders",
        "POST /v1/orders/{number}/returns",
        "POST /v1/coupons/{code}/redemption",
        "POST /v1/stock-movements",
    }


def test_the_page_and_the_document_ask_for_no_key(app: Flask) -> None:
    page = app.test_client().get("/v1/docs")
    assert page.status_code == 200
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert not re.search(r"""(?:src|href)=["']https?:""", page.text)


def test_the_page_gives_its_script_the_readers_words(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every heading of the document has one, and English readers need none but where we mean another thing."""
    monkeypatch.setattr("scrm.fronts.api.words._", lambda text: f"«{text}»")
    spoken = words.spoken()
    assert {*TAGS, "Try it out", "Execute", "required"} <= spoken.keys()
    assert spoken["Code"] == "«Status code»"
    monkeypatch.undo()
    page = app.test_client().get("/v1/docs?lang=en")
    assert json.loads(WORDS.findall(page.text)[0]) == {"Code": "Status code", "Type": "Data type"}
    assert 'lang="en"' in page.text
    chinese = app.test_client().get("/v1/docs?lang=zh")
    assert 'lang="zh-CN"' in chinese.text
    assert json.loads(WORDS.findall(chinese.text)[0])["Members"] == "会员"


@cache
def raised_in_the_source() -> dict[str, set[type[kit.Fault]]]:
    """Each key that any layer refuses with, and the kinds of refusal that carry it."""
    found: dict[str, set[type[kit.Fault]]] = {}
    for folder in ("center_core", "scrm/fronts"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Name)
                    and node.func.id in RAISED
                    and node.args
                    and isinstance(node.args[0], ast.Constant)
                ):
                    found.setdefault(node.args[0].value, set()).add(getattr(kit, node.func.id))
    return found


@pytest.mark.parametrize("key", PROBLEMS)
def test_every_listed_refusal_exists_and_has_that_status(key: str) -> None:
    kinds = raised_in_the_source().get(key)
    assert kinds, "nothing refuses with this key"
    of_status = [status for status, fault in HTTP_FAULTS.items() if fault.key == key]
    statuses = {status_of(kind(key, "")) for kind in kinds} if not of_status else set(of_status)
    assert PROBLEMS[key].status in (statuses | {500} if key == "failure" else statuses)


def test_every_refusal_of_an_operation_is_listed(spec: dict[str, Any]) -> None:
    used = {
        key
        for _, operation in operations(spec)
        for status, answer in operation["responses"].items()
        if status >= "400"
        for key in answer["content"]["application/problem+json"]["examples"]
    }
    assert used | {"method_not_allowed"} == set(PROBLEMS)


def test_the_guides_table_of_refusals_is_this_one() -> None:
    text = (ROOT / "docs/api.md").read_text()
    rows = re.findall(r"^\| `(\w+)` \| (\d{3}) \| (.+) \|$", text, flags=re.M)
    assert rows == [(key, str(problem.status), problem.means) for key, problem in PROBLEMS.items()]


def test_the_guide_names_every_operation_with_its_scope(spec: dict[str, Any]) -> None:
    text = (ROOT / "docs/api.md").read_text()
    rows = dict(re.findall(r"^\| `([A-Z]+ /v1/\S+)` \| (.+?) \|", text, flags=re.M))
    scopes = {name: operation["x-scope"] for name, operation in operations(spec)}
    without_key = {"any key": "any key", "signature": "a signature"}
    assert rows == {name: without_key.get(scope, f"`{scope}`") for name, scope in scopes.items()}
