"""Grants, row-level security, composite foreign keys, and the append-only audit."""

from django.db import migrations

from governance import schema_sql


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_initial")]

    operations = [
        schema_sql.grants(),
        *(
            schema_sql.walled(f"governance_{table}")
            for table in ("apikey", "subject", "subjectidentity", "memorytype", "auditevent")
        ),
        schema_sql.same_namespace("governance_subjectidentity", "subject_id", "governance_subject"),
        schema_sql.same_namespace(
            "governance_subjectidentity", "home_subject_id", "governance_subject"
        ),
        schema_sql.append_only("governance_auditevent"),
    ]
