"""The registers begin with what is shipped: terms, words, acronyms and instruments; and with their edition."""

from django.db import migrations

from registers.shipped import load


def enter(apps, schema_editor):
    load(lambda register: apps.get_model("registers", register))
    apps.get_model("registers", "Edition").objects.get_or_create(pk=1, defaults={"token": "as shipped"})


class Migration(migrations.Migration):
    dependencies = [("registers", "0001_initial")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
