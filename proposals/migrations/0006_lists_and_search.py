"""An index for each part of a list, and the index of titles for searches."""

from django.db import migrations, models

from proposals import titles

SUBMITTED_ONCE = models.Q(("version__isnull", False), models.Q(("state", "draft"), _negated=True))


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_initial"), ("proposals", "0005_the_counter_of_posts")]
    operations = [
        migrations.RemoveIndex("proposal", "proposals_p_office__a8a0f9_idx"),
        migrations.RemoveIndex("proposal", "proposals_p_since_3e2496_idx"),
        migrations.AddIndex(
            "proposal",
            models.Index(
                fields=["author", "-since", "-id"], condition=models.Q(("place__gt", 0)), name="moved_of_an_author"
            ),
        ),
        migrations.AddIndex(
            "proposal",
            models.Index(
                fields=["author", "-since", "-id"],
                condition=models.Q(("state__in", ("draft", "returned"))),
                name="waiting_for_an_author",
            ),
        ),
        migrations.AddIndex(
            "proposal",
            models.Index(fields=["office", "-since", "-id"], condition=SUBMITTED_ONCE, name="seen_by_a_director"),
        ),
        migrations.AddIndex(
            "proposal", models.Index(fields=["office", "state", "-since", "-id"], name="waiting_for_a_director")
        ),
        migrations.AddIndex(
            "proposal", models.Index(fields=["-since", "-id"], condition=SUBMITTED_ONCE, name="seen_by_the_jpo_unit")
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    "IndexedTitle",
                    [
                        ("proposal_id", models.BigIntegerField(db_column="rowid", primary_key=True, serialize=False)),
                        ("title", models.TextField()),
                    ],
                    {"db_table": "proposals_search"},
                )
            ],
            database_operations=[
                migrations.RunPython(
                    lambda apps, schema_editor: titles.install(schema_editor.connection),
                    lambda apps, schema_editor: titles.remove(schema_editor.connection),
                )
            ],
        ),
    ]
