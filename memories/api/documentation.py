"""What the generated schema must be told: the keys, the errors, the Idempotency-Key."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

from memories.api.shapes import Problem


class KeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """`Authorization: Bearer <key>`."""

    target_class = "memories.api.authentication.KeyAuthentication"
    name = "key"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """HTTP bearer."""
        del auto_schema
        return {"type": "http", "scheme": "bearer"}


class Schema(AutoSchema):
    """Each operation answers errors in one shape; each POST honours an Idempotency-Key."""

    def get_override_parameters(self) -> list[Any]:
        """The header of every POST."""
        given = list(super().get_override_parameters())
        if self.method != "POST":
            return given
        key = OpenApiParameter(
            "Idempotency-Key",
            str,
            OpenApiParameter.HEADER,
            description="Same key and body: the same answer. Same key, other body: 409.",
        )
        return [*given, key]

    def _get_response_bodies(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super()._get_response_bodies(*args, **kwargs)
        problem = self._get_response_for_code(  # type: ignore[no-untyped-call]
            Problem, "default", ["application/problem+json"]
        )
        return {
            **found,
            "default": {**problem, "description": "What went wrong, and what mends it."},
        }
