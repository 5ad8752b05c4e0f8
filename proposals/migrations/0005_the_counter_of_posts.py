"""The one row that is locked while a post number is given is there from the beginning."""

from django.db import migrations


def make(apps, schema_editor):
    apps.get_model("proposals", "Numbering").objects.using(schema_editor.connection.alias).get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("proposals", "0004_who_lets_whom_in")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
