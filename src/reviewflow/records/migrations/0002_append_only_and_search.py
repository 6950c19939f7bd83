"""Triggers that keep proofs as they were written, and the search index."""

from collections.abc import Iterable

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from reviewflow.records import append_only, search_index


def _run(editor: BaseDatabaseSchemaEditor, statements: Iterable[str]) -> None:
    with editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def forwards(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Create triggers and index."""
    _run(editor, append_only.create_statements(editor.connection.vendor))
    _run(editor, search_index.create_statements(editor.connection.vendor))


def backwards(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take them away."""
    _run(editor, search_index.drop_statements())
    _run(editor, append_only.drop_statements(editor.connection.vendor))


class Migration(migrations.Migration):
    """Nothing here is known to Django's models."""

    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
