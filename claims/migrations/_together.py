"""Many tables at once.

Django applies operation after operation, and after each it builds all models anew that have to
do with the changed one: with the first migration's six hundred, forty seconds. Here they are
built once, from how the tables stand at the end.
"""

from collections.abc import Sequence
from typing import Any

from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger


class CreateTables(Operation):
    """Create models, with the fields, indexes, constraints and triggers added to them after."""

    category = OperationCategory.ADDITION

    def __init__(self, operations: Sequence[Operation]) -> None:
        """Take the operations as makemigrations writes them; ValueError for any other kind."""
        self.operations = list(operations)
        created = {each.name_lower for each in self.operations if isinstance(each, CreateModel)}
        for each in self.operations:
            is_made = isinstance(each, CreateModel | AddTrigger)
            is_in_a_table = isinstance(each, AddField | AddIndex | AddConstraint)
            if not is_made and not (is_in_a_table and each.model_name_lower in created):
                raise ValueError(f"is no part of a new table: {each.describe()}")

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        # Without models that have been built, an operation only notes what it changes.
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, *states: Any) -> None:
        for operation in self.operations:
            # A table is made whole: what is added to it by the others is in it already.
            if isinstance(operation, CreateModel | AddTrigger):
                operation.database_forwards(app_label, schema_editor, *states)
        # Foreign keys wait for all tables, and must be there before the first row.
        while schema_editor.deferred_sql:
            schema_editor.execute(schema_editor.deferred_sql.pop(0))

    def database_backwards(self, app_label: str, *states: Any) -> None:
        for operation in reversed(self.operations):
            if isinstance(operation, CreateModel):
                operation.database_backwards(app_label, *states)

    def describe(self) -> str:
        return f"Create {sum(isinstance(each, CreateModel) for each in self.operations)} tables"
