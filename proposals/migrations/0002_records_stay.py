"""Versions, events, posts, issues and printed PDFs refuse change in the database itself."""

from django.db import migrations

from proposals import guards


def install(apps, schema_editor):
    guards.install(schema_editor.connection)


def remove(apps, schema_editor):
    guards.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("proposals", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
