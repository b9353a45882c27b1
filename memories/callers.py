"""Who calls a verb that remembers by which key it was asked."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from governance.audit import Actor
from governance.models import Namespace


@dataclass(frozen=True, slots=True)
class Caller:
    """The key's namespace, the bot, the key if it was one, the moment."""

    namespace: Namespace
    actor: Actor
    key_id: uuid.UUID | None
    now: datetime
