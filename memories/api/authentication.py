"""The key in the Authorization header, and what it allows."""

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from governance import access
from governance.access import Access
from governance.audit import Actor, ActorKind
from governance.errors import KeyRefused, ScopeMissing
from governance.rules.scopes import Scope
from memories.callers import Caller

if TYPE_CHECKING:
    from rest_framework.views import APIView  # DRF reads this module while it loads its views

SCHEMES = ("bearer", "token")


class KeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer <key>` or `Token <key>`. `request.auth` is the Access it opens."""

    def authenticate(self, request: Request) -> tuple[Access, Access]:
        """Raises KeyRefused; an API without a key is not served."""
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() not in SCHEMES:
            raise KeyRefused("Send a key as `Authorization: Bearer <key>`.")
        found = access.authenticate(text.strip(), now=timezone.now())
        return found, found

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for."""
        del request
        return "Bearer"


class KeyHasScope(BasePermission):
    """A view names the scope of each method in `scopes`; a method without one is refused."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Raises ScopeMissing naming the scope."""
        scopes: dict[str, Scope | None] = getattr(view, "scopes", {})
        method = "GET" if request.method == "HEAD" else request.method or ""
        if method not in scopes:
            # DRF asks here before it looks for the method: one that the view has not is a 405.
            return method == "OPTIONS" or not hasattr(view, method.lower())
        needed = scopes[method]
        if needed is not None:
            need(request, needed)
        return True


def opened(request: Request) -> Access:
    """What the request's key opens."""
    found = request.auth
    if not isinstance(found, Access):
        raise KeyRefused("Send a key as `Authorization: Bearer <key>`.")
    return found


def need(request: Request, scope: Scope, *, why: str = "") -> None:
    """Raises ScopeMissing naming the scope, unless the key has it; `why` says what needs it."""
    if not opened(request).allows(scope):
        raise ScopeMissing(why or f"This needs a key with the scope {scope.value}.")


def actor(request: Request) -> Actor:
    """The bot that asks, by its key."""
    return Actor(ActorKind.BOT, str(opened(request).key_id))


def caller(request: Request) -> dict[str, Any]:
    """The arguments that every verb takes from the request."""
    return {"namespace": opened(request).namespace, "actor": actor(request), "now": timezone.now()}


def with_key(request: Request) -> Caller:
    """The same, for verbs that remember by which key they were asked."""
    return Caller(key_id=opened(request).key_id, **caller(request))
