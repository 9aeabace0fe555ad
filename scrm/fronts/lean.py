"""Lean views: hot JSON routes that pay only for the hooks they need.

Form tokens, rate limits, nonces and page policies cost more than a play itself (docs/adr/0004-stateless-tokens.md).
A view marked ``@lean`` runs our own hooks only - the transaction, metrics, language. Such a view takes no form and checks its caller itself (``identity.same_origin`` or an API key).
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from flask import Flask, Response, request

View = TypeVar("View", bound=Callable[..., Any])
Hook = Callable[..., Any]


def lean(view: View) -> View:
    """Mark ``view`` as lean; goes below ``route`` and above nothing that replaces the view."""
    view.lean = True  # type: ignore[attr-defined]
    return view


class LeanFlask(Flask):
    """Flask that lets lean views skip the hooks of extensions."""

    def preprocess_request(self) -> Any:
        """Our own hooks only, if the view is lean."""
        if not self._is_lean():
            return super().preprocess_request()
        for hook in _ours(self.before_request_funcs.get(None, ())):
            answer = hook()
            if answer is not None:
                return answer
        return None

    def process_response(self, response: Response) -> Response:
        """Our own hooks only, if the view is lean, and the one header that a JSON answer needs."""
        if not self._is_lean():
            return super().process_response(response)
        for hook in _ours(reversed(self.after_request_funcs.get(None, ()))):
            response = hook(response)
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    def do_teardown_request(self, exc: BaseException | None = None) -> None:  # type: ignore[override]
        """Our own hooks only, if the view is lean."""
        if not self._is_lean():
            super().do_teardown_request(exc)
            return
        for hook in _ours(reversed(self.teardown_request_funcs.get(None, ()))):
            hook(exc)

    def _is_lean(self) -> bool:
        return getattr(self.view_functions.get(request.endpoint or ""), "lean", False)


def _ours(hooks: Iterable[Hook]) -> list[Hook]:
    return [hook for hook in hooks if getattr(hook, "__module__", "").startswith("scrm.")]
