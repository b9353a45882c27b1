"""`manage.py reembed`: move a namespace to another embedding model while recall goes on."""

from argparse import ArgumentTypeError
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from governance import namespaces
from governance.audit import SYSTEM
from governance.errors import InvalidInput
from governance.models import Namespace
from governance.rules import namespace_settings
from memories import reembedding
from memories.providers import embeddings
from memories.providers.embeddings import EmbeddingUnavailable


class Command(BaseCommand):
    """Embeds every memory with the model, then lets recall use it. Stopped, it goes on later."""

    help = "Move a namespace to another embedding model, in batches, while recall goes on."

    def add_arguments(self, parser: CommandParser) -> None:
        """`reembed ORGANIZATION/NAMESPACE --model PROVIDER:MODEL [--batch N]`."""
        parser.add_argument("namespace", help="organization/namespace")
        parser.add_argument("--model", required=True, help="such as local:bge-small-en-v1.5")
        parser.add_argument("--batch", type=_at_least_one, default=256)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Embed what is missing, adopt the model, embed what was written meanwhile."""
        try:
            namespace = namespaces.by_path(options["namespace"])
            namespace_settings.check({**namespace.settings, "embedding_model": options["model"]})
            model = embeddings.for_model(options["model"])
            done = self._embed(namespace, model, options["batch"])
            reembedding.adopt(namespace, options["model"], model, actor=SYSTEM, now=timezone.now())
            done += self._embed(namespace, model, options["batch"])
        except Namespace.DoesNotExist:
            raise CommandError(f"There is no namespace {options['namespace']}.") from None
        except (InvalidInput, ValueError, ImproperlyConfigured) as error:
            raise CommandError(f"--model: {error}") from None
        except EmbeddingUnavailable as error:
            raise CommandError(f"The model does not answer ({error}); run this again.") from None
        self.stdout.write(f"{done} memories embedded; recall now uses {model.name}.")

    def _embed(self, namespace: Namespace, model: embeddings.EmbeddingModel, size: int) -> int:
        total, done = reembedding.missing(namespace.pk, model.name), 0
        columns = (
            TextColumn("embedding"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        with Progress(*columns) as progress:
            bar = progress.add_task("embedding", total=total)
            while count := reembedding.batch(namespace, model, limit=size):
                done += count
                progress.advance(bar, count)
        return done


def _at_least_one(text: str) -> int:
    """A batch of none would embed nothing, and recall would find nothing afterwards."""
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError("write a number of at least 1")
    return int(text)
