"""The rules of the house that no linter knows: families and their keys, commits, clocks, doors, handlers."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import ForeignKeyConstraint, Table, UniqueConstraint, text

from center_core.kit import DIRECTORY, LOCAL, MEMBER, REFERENCE, Event, Session
from center_core.kit.family import KINDS
from scrm.models import metadata

ROOT = Path(__file__).parent.parent
SOURCES = [
    path for folder in ("scrm", "campaigns", "games", "center_core") for path in (ROOT / folder).rglob("*.py")
    if "node_modules" not in path.parts
]  # fmt: skip
TABLES = sorted(metadata.tables.values(), key=lambda table: table.name)

# Pages that anybody may open: signing in, what is public by law or by purpose, and the outside's own callbacks.
PUBLIC_STAFF_VIEWS = {"console.sign_in", "guide.sign_in", "console.sign_out", "guide.sign_out"}

# The description of /v1 is no secret.
API_OPEN_TO_ALL = {"api.docs", "api.openapi"}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def unique_keys(table: Table) -> Iterator[list[str]]:
    """The columns of each key of ``table`` that must be unique."""
    yield [column.name for column in table.primary_key.columns]
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield [column.name for column in constraint.columns]
    for index in table.indexes:
        if index.unique:
            yield [column.name for column in index.columns]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_each_table_has_a_family_and_its_keys_fit(table: Table) -> None:
    kind, key = table.info.get("family"), table.info.get("key")
    assert kind in KINDS
    if kind == MEMBER:
        for columns in unique_keys(table):
            assert columns[0] == "member_id", f"{columns} must begin with member_id"
    if kind == DIRECTORY:
        for columns in unique_keys(table):
            assert key in columns, f"{columns} must hold {key}"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_foreign_keys_stay_within_what_one_node_holds(table: Table) -> None:
    kind = table.info["family"]
    for constraint in table.constraints:
        if not isinstance(constraint, ForeignKeyConstraint):
            continue
        target = constraint.referred_table
        columns = [column.name for column in constraint.columns]
        if target.info["family"] == REFERENCE:
            continue
        assert target.info["family"] == kind, f"{columns} leads to another family"
        if kind == MEMBER:
            assert columns[0] == "member_id"
        assert kind in (MEMBER, LOCAL)


def test_migrations_declare_the_families_of_the_models(db: Session) -> None:
    declared = {name: (kind, key) for name, kind, key in db.execute(text("select * from table_family"))}
    assert declared == {t.name: (t.info["family"], t.info["key"]) for t in TABLES}


def test_migrations_are_one_numbered_chain() -> None:
    files = sorted((ROOT / "scrm/migrations/versions").glob("[0-9]*.py"))
    previous = None
    for number, path in enumerate(files, start=1):
        source = path.read_text()
        assert path.name.startswith(f"{number:04d}_")
        assert f'revision = "{number:04d}"' in source
        expected = f'"{previous}"' if previous else "None"
        assert f"down_revision = {expected}" in source
        previous = f"{number:04d}"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_only_the_edges_commit(path: Path) -> None:
    edges = {"center_core/kit/db.py", "scrm/fronts/web.py"}
    if name_of(path) in edges:
        return
    calls = [
        node.lineno for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]  # fmt: skip
    assert not calls, f"commits in line {calls}"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_services_are_handed_the_time(path: Path) -> None:
    if path.parts[len(ROOT.parts)] == "scrm" or name_of(path) == "center_core/kit/clock.py":
        return
    source = path.read_text()
    assert not re.search(r"\butcnow\(\)|datetime\.now\(|date\.today\(|time\.time\(", source)


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_modules_say_what_they_are_for(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert not tree.body or ast.get_docstring(tree), "a module opens with one sentence"


@pytest.mark.parametrize(
    "path", [p for p in SOURCES if p.parts[len(ROOT.parts)] == "center_core"], ids=name_of
)
def test_a_centre_never_reads_anothers_tables(path: Path) -> None:
    own = path.parts[len(ROOT.parts) + 1]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("center_core."):
            parts = node.module.split(".")
            assert parts[1] in (own, "kit") or len(parts) == 2, f"line {node.lineno} goes past a front door"


def test_every_handler_is_known_by_one_lasting_name() -> None:
    from scrm.wiring import WHEN, name_of

    names: set[tuple[str, str]] = set()
    for event, handlers in WHEN.items():
        assert issubclass(event, Event)
        for handler in handlers:
            name = name_of(handler)
            assert (event.__name__, name) not in names
            names.add((event.__name__, name))
    assert names


def test_every_staff_page_asks_who_is_there(app: Flask) -> None:
    open_doors = []
    for rule in app.url_map.iter_rules():
        front = rule.endpoint.partition(".")[0]
        view = app.view_functions[rule.endpoint]
        if front in ("console", "guide") and not hasattr(view, "permissions"):
            open_doors.append(rule.endpoint)
    assert set(open_doors) <= PUBLIC_STAFF_VIEWS


def test_every_route_of_the_api_names_its_scope(app: Flask) -> None:
    from center_core import channel
    from scrm.fronts.api.front import ANY_KEY, SIGNATURE

    routes = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith("/v1")}
    assert routes >= API_OPEN_TO_ALL
    for endpoint in routes - API_OPEN_TO_ALL:
        scope = getattr(app.view_functions[endpoint], "scope", None)
        assert scope in (*channel.SCOPES, ANY_KEY, SIGNATURE), endpoint


def test_no_load_test_hides_a_package() -> None:
    # Locust puts the folder of its file first on the path.
    named = {path.stem for path in (ROOT / "loadtests").glob("*.py")}
    assert not named & {"scrm", "campaigns", "games", "center_core", "loadtests", "tests"}
