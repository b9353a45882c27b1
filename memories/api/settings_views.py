"""What a namespace remembers and how it recalls, over HTTP."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from governance import access, memory_types
from governance.rules import sensitivity
from governance.rules.scopes import Scope
from memories import strategies
from memories.answers import Answer
from memories.api import bodies, once, presenting, shapes
from memories.api.authentication import caller, opened
from memories.api.bodies import Body, SmallObject


class TypeFields(Body):
    """What staff may say of a type."""

    description = serializers.CharField(max_length=4000)
    data_schema = SmallObject(required=False)
    slots = serializers.ListField(
        child=serializers.RegexField(r"^[a-z][a-z0-9_]*$", max_length=64), required=False
    )
    pinned = serializers.BooleanField(required=False)
    precedence = serializers.IntegerField(min_value=-1000, max_value=1000, required=False)
    half_life_days = serializers.FloatField(min_value=0.01, required=False, allow_null=True)
    sensitivity = serializers.ChoiceField(choices=sensitivity.ORDER, required=False)
    screening = SmallObject(required=False)
    active = serializers.BooleanField(required=False)


class TypeBody(TypeFields):
    """A new type."""

    name = serializers.RegexField(r"^[a-z][a-z0-9_]*$", max_length=48)


class TypeChanges(TypeFields):
    """Changes of a type."""

    description = serializers.CharField(max_length=4000, required=False)


class StrategyBody(Body):
    """A new version of a strategy."""

    config = SmallObject()


class WhoAmI(APIView):
    """The key that asks."""

    scopes: ClassVar = {"GET": None}

    @extend_schema(operation_id="read_key", responses={200: shapes.KeyShape})
    def get(self, request: Request) -> Response:
        """Its namespace and scopes."""
        namespace = opened(request).namespace
        return Response(
            {
                "key_id": opened(request).key_id,
                "scopes": sorted(opened(request).scopes),
                "namespace": {
                    "id": namespace.pk, "slug": namespace.slug, "region": namespace.region
                },
            }
        )  # fmt: skip


class TypeList(APIView):
    """The types of memory."""

    scopes: ClassVar = {"GET": Scope.READ_SETTINGS, "POST": Scope.CONFIGURE}

    @extend_schema(operation_id="list_memory_types", responses={200: shapes.Types})
    def get(self, request: Request) -> Response:
        """All of them."""
        found = memory_types.every(namespace_id=opened(request).namespace.pk)
        return Response({"results": [presenting.memory_type(one) for one in found]})

    @extend_schema(
        operation_id="define_memory_type", request=TypeBody, responses={201: shapes.TypeShape}
    )
    def post(self, request: Request) -> Response:
        """Define one."""

        def prepare() -> Any:
            fields = bodies.read(TypeBody, request)
            return lambda: Answer(
                status.HTTP_201_CREATED,
                presenting.memory_type(memory_types.define(fields=fields, **caller(request))),
            )

        return once.answer(request, prepare)


class TypeDetail(APIView):
    """One type."""

    scopes: ClassVar = {"GET": Scope.READ_SETTINGS, "PATCH": Scope.CONFIGURE}

    @extend_schema(operation_id="read_memory_type", responses={200: shapes.TypeShape})
    def get(self, request: Request, name: str) -> Response:
        """As it is defined."""
        found = memory_types.named(name, namespace_id=opened(request).namespace.pk)
        return Response(presenting.memory_type(found))

    @extend_schema(
        operation_id="change_memory_type", request=TypeChanges, responses={200: shapes.TypeShape}
    )
    def patch(self, request: Request, name: str) -> Response:
        """Change it; memories that are kept stay as they are."""
        fields, who = bodies.read(TypeChanges, request), caller(request)
        found = memory_types.named(name, namespace_id=who["namespace"].pk)
        changed = memory_types.change(found, fields=fields, actor=who["actor"], now=who["now"])
        return Response(presenting.memory_type(changed))


class StrategyList(APIView):
    """The ways to recall."""

    scopes: ClassVar = {"GET": Scope.READ_SETTINGS}

    @extend_schema(operation_id="list_strategies", responses={200: shapes.Strategies})
    def get(self, request: Request) -> Response:
        """The newest version of each."""
        namespace_id = opened(request).namespace.pk
        with access.scope(namespace_id):
            found = strategies.every(namespace_id=namespace_id)
        return Response({"results": [presenting.strategy(one) for one in found.values()]})


class StrategyDetail(APIView):
    """One strategy."""

    scopes: ClassVar = {"PUT": Scope.CONFIGURE}

    @extend_schema(
        operation_id="change_strategy", request=StrategyBody, responses={200: shapes.StrategyShape}
    )
    def put(self, request: Request, name: str) -> Response:
        """A new version of it; what it leaves out is as in the default."""
        config, who = bodies.read(StrategyBody, request)["config"], caller(request)
        made = strategies.change(
            name, config, namespace_id=who["namespace"].pk, actor=who["actor"], now=who["now"]
        )
        return Response(presenting.strategy(made))
