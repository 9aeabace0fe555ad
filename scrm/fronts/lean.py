"""Lean views: hot JSON routes that pay only for the hooks they need.

Form tokens, rate limits, nonces and page policies cost more than a play itself (docs/adr/0008-lean-views.md).
A view marked ``@lean`` runs the hooks of the transaction and of the metrics, and no other. Such a view takes no form
and checks its caller itself (``identity.same_origin`` or an API key).
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

from apiflask import APIFlask
from flask import Response, request

View = TypeVar("View", bound=Callable[..., Any])
Hook = Callable[..., Any]

NEEDED = ("scrm.fronts.web", "scrm.fronts.health")
"""The modules whose hooks every request runs."""


def lean(view: View) -> View:
    """Mark ``view`` as lean."""
    view.lean = True  # type: ignore[attr-defined]
    return view


class LeanFlask(APIFlask):
    """Flask that lets lean views skip the hooks of extensions, and knows the document of ``/v1``."""

    @cached_property
    def lean_endpoints(self) -> frozenset[str]:
        """Settled at the first request, when all views are there."""
        return frozenset(name for name, view in self.view_functions.items() if getattr(view, "lean", False))

    @cached_property
    def lean_hooks(self) -> tuple[list[Hook], list[Hook], list[Hook]]:
        """The needed hooks before, after and at the end of a request, in the order in which they run."""
        before = self.before_request_funcs.get(None, [])
        after = self.after_request_funcs.get(None, [])
        last = self.teardown_request_funcs.get(None, [])
        return _needed(before), _needed(after[::-1]), _needed(last[::-1])

    def preprocess_request(self) -> Any:
        """Before the view."""
        if request.endpoint not in self.lean_endpoints:
            return super().preprocess_request()
        for hook in self.lean_hooks[0]:
            answer = hook()
            if answer is not None:
                return answer
        return None

    def process_response(self, response: Response) -> Response:
        """After the view; with the one header that a JSON answer needs."""
        if request.endpoint not in self.lean_endpoints:
            return super().process_response(response)
        for hook in self.lean_hooks[1]:
            response = hook(response)
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    def do_teardown_request(self, exc: BaseException | None = None) -> None:
        """When all is over."""
        if request.endpoint not in self.lean_endpoints:
            super().do_teardown_request(exc)
            return
        for hook in self.lean_hooks[2]:
            hook(exc)


def _needed(hooks: list[Hook]) -> list[Hook]:
    return [hook for hook in hooks if getattr(hook, "__module__", "") in NEEDED]
