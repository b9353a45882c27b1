"""Row-level security and composite foreign keys."""

from django.db import migrations

from governance import schema_sql

TABLES = (
    "episode",
    "memory",
    "memoryindex",
    "memoryversion",
    "recallstrategy",
    "recalltrace",
    "storedanswer",
)
SUBJECT, IDENTITY = "governance_subject", "governance_subjectidentity"
REFERENCES = (
    ("episode", "subject_id", SUBJECT),
    ("episode", "identity_id", IDENTITY),
    ("memory", "subject_id", SUBJECT),
    ("memory", "identity_id", IDENTITY),
    ("memory", "type_id", "governance_memorytype"),
    ("memory", "episode_id", "memories_episode"),
    ("memoryindex", "memory_id", "memories_memory"),
    ("memoryindex", "subject_id", SUBJECT),
    ("memoryversion", "memory_id", "memories_memory"),
    ("recalltrace", "subject_id", SUBJECT),
    ("storedanswer", "subject_id", SUBJECT),
)


class Migration(migrations.Migration):
    dependencies = [("memories", "0001_initial"), ("governance", "0002_walls")]

    operations = [
        *(schema_sql.walled(f"memories_{table}") for table in TABLES),
        *(
            schema_sql.same_namespace(f"memories_{table}", column, target)
            for table, column, target in REFERENCES
        ),
    ]
