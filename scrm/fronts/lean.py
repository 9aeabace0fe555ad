"""Lean views: hot routes that pay only for the hooks they need (docs/adr/0008-lean-views.md).

Form tokens, rate limits and page policies cost more than a play itself, and as much as a page that only reads. A view
marked ``@lean`` runs the hooks of the transaction and of the metrics, and no other: it answers a program, takes no form
and checks its caller itself (``identity.same_origin`` or an API key). A page marked ``@only_reads`` remembers the
reader's language too, keeps the session where it changed it, and gets the headers of the page policies as they were
made once.
"""

from collections.abc import Callable, MutableMapping
from functools import cached_property
from typing import Any, TypeVar

from apiflask import APIFlask
from flask import Response, request, session
from flask.templating import Environment

View = TypeVar("View", bound=Callable[..., Any])
Hook = Callable[..., Any]

NEEDED = frozenset({"scrm.fronts.web", "scrm.fronts.health"})
"""The modules whose hooks every request runs."""
OF_PAGES = NEEDED | {"scrm.fronts.i18n"}
OF_POLICIES = frozenset({"flask_talisman.talisman"})


def lean(view: View) -> View:
    """Mark ``view`` as lean."""
    view.lean = True  # type: ignore[attr-defined]
    return view


class Hooks:
    """The hooks of some modules before, after and at the end of a request, in the order in which they run."""

    def __init__(self, app: APIFlask, modules: frozenset[str]) -> None:
        def needed(hooks: list[Hook]) -> list[Hook]:
            return [hook for hook in hooks if getattr(hook, "__module__", "") in modules]

        self.before = needed(app.before_request_funcs.get(None, []))
        self.after = needed(app.after_request_funcs.get(None, [])[::-1])
        self.last = needed(app.teardown_request_funcs.get(None, [])[::-1])


class LeanEnvironment(Environment):
    """Templates that know the globals which were there when they were loaded, at the first page that shows them."""

    def make_globals(self, given: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One dictionary. A chain of them, Jinja's own, costs each import of a macro 350 calls at each rendering."""
        return {**self.globals, **(given or {})}


class LeanFlask(APIFlask):
    """Flask that lets lean views skip the hooks of extensions, and knows the document of ``/v1``."""

    jinja_environment = LeanEnvironment

    @cached_property
    def lean_hooks(self) -> dict[str, Hooks]:
        """By endpoint; settled at the first request, when all views are there."""
        calls, pages = Hooks(self, NEEDED), Hooks(self, OF_PAGES)
        return {
            name: calls if getattr(view, "lean", False) else pages
            for name, view in self.view_functions.items()
            if getattr(view, "lean", False) or getattr(view, "only_reads", False)
        }

    @cached_property
    def policies(self) -> dict[bool, list[tuple[str, str]]]:
        """The headers of the page policies, made at the first page: by whether it came over TLS."""
        return {}

    def preprocess_request(self) -> Any:
        """Before the view."""
        hooks = self.lean_hooks.get(request.endpoint or "")
        if hooks is None:
            return super().preprocess_request()
        for hook in hooks.before:
            answer = hook()
            if answer is not None:
                return answer
        return None

    def process_response(self, response: Response) -> Response:
        """After the view. A JSON answer needs one header only."""
        hooks = self.lean_hooks.get(request.endpoint or "")
        if hooks is None:
            return super().process_response(response)
        for hook in hooks.after:
            response = hook(response)
        if getattr(self.view_functions[request.endpoint or ""], "lean", False):
            response.headers["X-Content-Type-Options"] = "nosniff"
            return response
        response.headers.extend(self._policies())
        if session.modified:
            self.session_interface.save_session(self, session, response)
        return response

    def do_teardown_request(self, exc: BaseException | None = None) -> None:
        """When all is over."""
        hooks = self.lean_hooks.get(request.endpoint or "")
        if hooks is None:
            super().do_teardown_request(exc)
            return
        for hook in hooks.last:
            hook(exc)

    def _policies(self) -> list[tuple[str, str]]:
        kept = self.policies.get(request.is_secure)
        if kept is None:
            bare = Response()
            bare.headers.clear()
            for hook in Hooks(self, OF_POLICIES).after:
                bare = hook(bare)
            kept = self.policies[request.is_secure] = list(bare.headers)
        return kept
