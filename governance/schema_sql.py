"""The SQL that migrations run: row-level security, composite keys, append-only tables.

Written here once, so that a new table gets the same walls as the first.
"""

from django.conf import settings
from django.db import migrations


def walled(table: str) -> migrations.RunSQL:
    """Row-level security for a table with a namespace.

    A bot's role sees the one namespace of its transaction; the staff role sees those of its
    viewer. The owner has no policy and, by FORCE, sees nothing. A comparison of the column with
    a setting only: a sub-query would run for each row, and does not distribute.
    """
    app, staff = settings.APP_ROLE, settings.STAFF_ROLE
    one = "namespace_id = nullif(current_setting('app.namespace', true), '')::uuid"
    many = (
        "namespace_id::text = ANY "
        "(string_to_array(current_setting('app.staff_namespaces', true), ','))"
    )
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
        f"CREATE POLICY one_namespace ON {table} TO {app} USING ({one}) WITH CHECK ({one});"
        f"CREATE POLICY staff_namespaces ON {table} TO {staff} USING ({many}) WITH CHECK ({many});",
        f"DROP POLICY one_namespace ON {table}; DROP POLICY staff_namespaces ON {table};"
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;"
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


def same_namespace(table: str, column: str, target: str) -> migrations.RunSQL:
    """A foreign key that cannot lead into another namespace."""
    name = f"{table}_{column}_same_namespace"
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (namespace_id, {column}) "
        f"REFERENCES {target} (namespace_id, id) DEFERRABLE INITIALLY DEFERRED;",
        f"ALTER TABLE {table} DROP CONSTRAINT {name};",
    )


def append_only(table: str) -> migrations.RunSQL:
    """Refuse UPDATE, DELETE and TRUNCATE by grant, and by trigger for whoever has the grant."""
    app, staff = settings.APP_ROLE, settings.STAFF_ROLE
    return migrations.RunSQL(
        f"""
        REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {app}, {staff};
        CREATE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = '42501'; END $$;
        CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only();
        CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_append_only();
        """,
        f"""
        DROP TRIGGER {table}_rows ON {table}; DROP TRIGGER {table}_whole ON {table};
        DROP FUNCTION {table}_is_append_only();
        """,
    )


def grants() -> migrations.RunSQL:
    """The serving roles may read and write rows, now and in tables to come; never change tables."""
    app, staff = settings.APP_ROLE, settings.STAFF_ROLE
    rights = "SELECT, INSERT, UPDATE, DELETE"
    return migrations.RunSQL(
        f"""
        GRANT USAGE ON SCHEMA public TO {app}, {staff};
        GRANT {rights} ON ALL TABLES IN SCHEMA public TO {app}, {staff};
        GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {app}, {staff};
        ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {rights} ON TABLES TO {app}, {staff};
        ALTER DEFAULT PRIVILEGES IN SCHEMA public
            GRANT USAGE, SELECT ON SEQUENCES TO {app}, {staff};
        """,
        migrations.RunSQL.noop,
    )
