"""The door that opens a member of staff's namespaces, and no other, to the admin."""

from collections.abc import Callable
from http import HTTPStatus

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from governance import access


def staff_scope_in_admin(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Run each admin request in one transaction that sees only the viewer's namespaces."""

    def respond(request: HttpRequest) -> HttpResponse:
        inside = request.path.startswith(reverse("admin:index"))
        if not inside or not request.user.is_authenticated:
            return get_response(request)
        with access.staff_scope(request.user):
            response = get_response(request)
            if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                # A view's exception has become an answer by now; what it had begun must not stay.
                transaction.set_rollback(True)
            # Rendered here: a lazy template would run its queries outside the scope.
            if isinstance(response, TemplateResponse):
                response.render()
        return response

    return respond
