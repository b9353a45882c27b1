"""What a namespace's extraction costs, over HTTP."""

from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from governance.rules.scopes import Scope
from memories import usage
from memories.api.authentication import opened
from memories.api.bodies import Body

MOST_DAYS = 366
DEFAULT_DAYS = 30


class UsageQuery(Body):
    """Of how many days."""

    days = serializers.IntegerField(
        min_value=1,
        max_value=MOST_DAYS,
        default=DEFAULT_DAYS,
        help_text="So many days (UTC), today being the last.",
    )


def _sums(help_text: str) -> serializers.DictField:
    return serializers.DictField(child=serializers.IntegerField(), help_text=help_text)


class UsageShape(serializers.Serializer[None]):
    """Sums over the days; names that never occurred are left out."""

    days = serializers.IntegerField()
    since = serializers.DateField()
    tokens = _sums("prompt, completion.")
    model = _sums("calls; malformed: replies that could not be read.")
    extraction = _sums("episodes, candidates.")
    rejected = _sums("Candidates that fell before they were decided on, by reason.")
    decisions = _sums("What became of the others.")
    screening = _sums("What the screen kept out or changed, by code.")
    never = _sums("What never-remember rules kept out, by kind.")


class Usage(APIView):
    """Tokens, calls, decisions."""

    scopes: ClassVar = {"GET": Scope.READ_SETTINGS}

    @extend_schema(operation_id="read_usage", parameters=[UsageQuery], responses={200: UsageShape})
    def get(self, request: Request) -> Response:
        """What the namespace's extraction cost and came to."""
        asked = UsageQuery(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        days = asked.validated_data["days"]
        found = usage.of_days(days, namespace_id=opened(request).namespace.pk, now=timezone.now())
        return Response(_told(found, days))


def _told(found: usage.Usage, days: int) -> dict[str, Any]:
    sums = found.sums
    return {
        "days": days,
        "since": found.since,
        "tokens": sums["tokens"],
        "model": sums["model"],
        "extraction": sums["extraction"],
        "rejected": found.rejected,
        "decisions": sums["decision"],
        "screening": sums["screen"],
        "never": sums["never"],
    }
