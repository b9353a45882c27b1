"""What the tables of the data plane have in common."""

from django.db import models

from governance.models import Namespace, Subject
from governance.models.access import new_id


class InNamespace(models.Model):
    """A row of a namespace; its id is a UUIDv7 made in Python.

    Indexes and unique constraints lead with the namespace, so the column needs none of its own.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    namespace = models.ForeignKey(Namespace, on_delete=models.PROTECT, db_index=False)

    class Meta:
        abstract = True


class OfSubject(InNamespace):
    """A row about a subject, or (None) about nobody in particular: an agent, or everybody.

    The foreign key is a composite constraint that the migrations write (governance/schema_sql).
    """

    subject = models.ForeignKey(
        Subject,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        blank=True,
    )

    class Meta:
        abstract = True
