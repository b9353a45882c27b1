"""Many rows in one statement.

Django's bulk_create writes a placeholder for each value; with a thousand rows of twenty columns,
finding the placeholders costs more than writing the rows. Here the rows travel as one JSON text,
and PostgreSQL gives each value its column's type. (COPY is not allowed under row-level security.)
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model
from django.db.models.expressions import DatabaseDefault


def insert_all(rows: Sequence[Model]) -> None:
    """Insert new rows of one model, as they stand; columns with a database default are left to it.

    Raises IntegrityError like any insert. Signals are not sent.
    """
    if not rows:
        return
    model = type(rows[0])
    fields = [
        field
        for field in model._meta.local_concrete_fields
        if not isinstance(getattr(rows[0], field.attname), DatabaseDefault)
    ]
    quote = connection.ops.quote_name
    names = [str(field.column) for field in fields]
    columns = ", ".join(map(quote, names))
    table = quote(model._meta.db_table)
    told = [
        {name: getattr(row, field.attname) for name, field in zip(names, fields, strict=True)}
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {columns} "  # noqa: S608 - names from models
            f"FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb)",
            [json.dumps(told, default=_written, ensure_ascii=False)],
        )


def _written(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if hasattr(value, "to_text"):  # pgvector's values
        return str(value.to_text())
    raise TypeError(f"{type(value).__name__} has no JSON form here")
