"""A PDF says how it is known again; a step may print more than one edition of it."""

import hashlib

import django.db.models.deletion
from django.db import migrations, models

from proposals import guards


def unguard(apps, schema_editor):
    guards.remove(schema_editor.connection)


def guard(apps, schema_editor):
    """The tables were made anew on SQLite, without their triggers."""
    guards.install(schema_editor.connection)


def say_what_is_enclosed(apps, schema_editor):
    """Until now every PDF enclosed its version's text; none bore a check code."""
    renditions = apps.get_model("proposals", "Rendition").objects.filter(state="done", source="")
    for rendition in renditions.select_related("version").only("version__text").iterator(100):
        rendition.source = hashlib.sha256(rendition.version.text.encode()).hexdigest()
        rendition.save(update_fields=["source"])


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0006_lists_and_search'),
    ]

    operations = [
        migrations.RunPython(unguard, guard),
        migrations.AddField(
            model_name='rendition',
            name='code',
            field=models.CharField(blank=True, max_length=10, verbose_name='check code printed on it'),
        ),
        migrations.AddField(
            model_name='rendition',
            name='source',
            field=models.CharField(blank=True, max_length=64, verbose_name='digest of the text enclosed in it'),
        ),
        migrations.AlterField(
            model_name='rendition',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='renditions', to='proposals.event'),
        ),
        migrations.AlterField(
            model_name='rendition',
            name='sha256',
            field=models.CharField(blank=True, max_length=64, verbose_name='digest of the file'),
        ),
        migrations.AddIndex(
            model_name='rendition',
            index=models.Index(fields=['sha256'], name='proposals_r_sha256_c27cd8_idx'),
        ),
        migrations.AddIndex(
            model_name='rendition',
            index=models.Index(fields=['source'], name='proposals_r_source_9e0970_idx'),
        ),
        migrations.AddIndex(
            model_name='rendition',
            index=models.Index(fields=['code'], name='proposals_r_code_6a5d9a_idx'),
        ),
        migrations.AddConstraint(
            model_name='rendition',
            constraint=models.UniqueConstraint(fields=('event', 'edition'), name='a_step_prints_an_edition_once'),
        ),
        migrations.RunPython(say_what_is_enclosed, migrations.RunPython.noop),
        migrations.RunPython(guard, unguard),
    ]
