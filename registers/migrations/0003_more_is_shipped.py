"""More is shipped: former names of offices, which are terms of a rule of their own, and more of everything else.

An installed portal is given what it has not yet; what the JPO unit entered or changed stays as it is. One term is no longer
shipped: it ends where nobody has changed it, since the United Nations itself says "Agenda 2030" in French.
"""

import datetime
import uuid

from django.db import migrations, models

from registers.shipped import load

LAST_DAY = datetime.date(2026, 11, 25)


def enter(apps, schema_editor):
    load(lambda register: apps.get_model("registers", register))
    changed = apps.get_model("registers", "Change").objects.filter(register="term").values("entry")
    withdrawn = apps.get_model("registers", "Term").objects.filter(language="fr", words="Agenda 2030", instead="Programme 2030")
    withdrawn.filter(valid_from=None, valid_until=None).exclude(pk__in=changed).update(valid_until=LAST_DAY)
    apps.get_model("registers", "Edition").objects.update(token=uuid.uuid4().hex)


class Migration(migrations.Migration):
    dependencies = [("registers", "0002_what_is_shipped")]
    operations = [
        migrations.AlterField(
            model_name="term",
            name="rule",
            field=models.CharField(
                choices=[
                    ("R23", "Official name or current term"),
                    ("R10", "Former name of an office"),
                    ("R22", "Spelling or grammar"),
                    ("R34", "Inclusive language"),
                    ("R19", "Money or a promise that is the donor's"),
                ],
                default="R23",
                max_length=3,
                verbose_name="told under",
            ),
        ),
        migrations.RunPython(enter, migrations.RunPython.noop),
    ]
