"""Rows written by COPY, many at a time, in the shape of a Django model."""

from collections.abc import Iterable, Mapping
from typing import Any

import psycopg
from django.db import connection
from django.db.models import Model
from psycopg import sql


class Rows:
    """Writes rows of one table that differ from a template in some columns."""

    def __init__(self, template: Model) -> None:
        fields = [field for field in template._meta.concrete_fields if field.column]
        self._table = template._meta.db_table
        self._place: dict[str, int] = {
            str(field.column): number for number, field in enumerate(fields)
        }
        self._types = [_type_name(field.db_type(connection) or "") for field in fields]
        self._values = [
            field.get_db_prep_save(field.pre_save(template, add=True), connection)
            for field in fields
        ]

    def copy(self, link: psycopg.Connection[Any], rows: Iterable[Mapping[str, Any]]) -> None:
        """Write the template once for each row, with the row's values."""
        columns: list[sql.Composable] = [sql.Identifier(column) for column in self._place]
        statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(
            sql.Identifier(self._table), sql.SQL(", ").join(columns)
        )
        with link.cursor() as cursor, cursor.copy(statement) as copy:
            copy.set_types(self._types)
            for row in rows:
                values = list(self._values)
                for column, value in row.items():
                    values[self._place[column]] = value
                copy.write_row(values)


def _type_name(declared: str) -> str:
    """`varchar(64)[]` is `varchar[]` to the driver."""
    return declared.split("(", maxsplit=1)[0].removesuffix("[]") + "[]" * declared.endswith("[]")
