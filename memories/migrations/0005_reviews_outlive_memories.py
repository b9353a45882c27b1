"""Reviews outlive the memory that they decided on; a retraction keeps its moment."""

from django.db import migrations, models

from governance import schema_sql

_REFERENCE = schema_sql.same_namespace("memories_reviewitem", "memory_id", "memories_memory")


class Migration(migrations.Migration):
    dependencies = [("memories", "0004_walls_of_review_use_and_quality")]

    operations = [
        migrations.RemoveIndex("reviewitem", "review_by_memory"),
        migrations.RunSQL(_REFERENCE.reverse_sql, _REFERENCE.sql),
        # The column stays as it is: only what leads on from it is gone.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField("reviewitem", "memory"),
                migrations.AddField("reviewitem", "memory_id", models.UUIDField()),
            ],
        ),
        migrations.AddIndex(
            "reviewitem",
            models.Index(fields=["namespace", "memory_id"], name="review_by_memory"),
        ),
        migrations.AddField("memory", "retracted_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddIndex(
            "memory",
            models.Index(
                condition=models.Q(("slot", ""), _negated=True),
                fields=["namespace", "subject", "slot", "valid_from"],
                name="memory_by_slot",
            ),
        ),
    ]
