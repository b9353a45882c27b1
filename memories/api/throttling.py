"""So many requests a minute for each key, counted in Valkey."""

import logging
import time
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from governance.rules import namespace_settings
from memories.api.authentication import opened

if TYPE_CHECKING:
    from rest_framework.views import APIView  # DRF reads this module while it loads its views

log = logging.getLogger("remembrancer.throttling")
WINDOW_SECONDS = 60


class PerKeyThrottle(BaseThrottle):
    """Fixed windows of a minute. While Valkey does not answer, nobody is refused."""

    def allow_request(self, request: Request, view: "APIView") -> bool:
        """Count the request; False when the key's minute is full."""
        del view
        limit = self._limit(request)
        if not limit:
            return True
        window = int(time.time() // WINDOW_SECONDS)
        name = f"remembrancer:requests:{opened(request).key_id}:{window}"
        try:
            counting = _valkey().pipeline(transaction=False)
            counting.incr(name)
            counting.expire(name, 2 * WINDOW_SECONDS)
            return int(counting.execute()[0]) <= limit
        except RedisError as error:
            log.warning("throttling is off", extra={"error": type(error).__name__})
            return True

    def wait(self) -> float:
        """Seconds until the next window."""
        return WINDOW_SECONDS - time.time() % WINDOW_SECONDS

    def _limit(self, request: Request) -> int:
        own = namespace_settings.read(opened(request).namespace.settings).requests_per_minute
        return settings.REQUESTS_PER_MINUTE if own is None else own


@cache
def _valkey() -> Redis:
    # A dead Valkey must cost a request a moment, not its answer.
    return Redis.from_url(
        settings.CACHE_URL,
        socket_connect_timeout=0.25,
        socket_timeout=0.5,
        retry=Retry(NoBackoff(), 0),
    )
