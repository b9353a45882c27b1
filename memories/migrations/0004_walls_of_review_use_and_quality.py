"""Row-level security and composite foreign keys of reviews, uses, outcomes, rules and quality."""

from django.db import migrations

from governance import schema_sql

TABLES = (
    "reviewitem",
    "memoryuse",
    "traceoutcome",
    "memoryfeedback",
    "neverremember",
    "dailycount",
    "goldencase",
    "qualityrun",
)
SUBJECT = "governance_subject"
REFERENCES = (
    ("reviewitem", "subject_id", SUBJECT),
    ("reviewitem", "memory_id", "memories_memory"),
    ("memoryuse", "subject_id", SUBJECT),
    ("memoryuse", "memory_id", "memories_memory"),
    ("traceoutcome", "subject_id", SUBJECT),
    ("traceoutcome", "trace_id", "memories_recalltrace"),
    ("memoryfeedback", "subject_id", SUBJECT),
    ("memoryfeedback", "trace_id", "memories_recalltrace"),
    ("neverremember", "subject_id", SUBJECT),
    ("goldencase", "subject_id", SUBJECT),
)


class Migration(migrations.Migration):
    dependencies = [("memories", "0003_review_use_and_quality"), ("governance", "0003_screening")]

    operations = [
        *(schema_sql.walled(f"memories_{table}") for table in TABLES),
        *(
            schema_sql.same_namespace(f"memories_{table}", column, target)
            for table, column, target in REFERENCES
        ),
    ]
