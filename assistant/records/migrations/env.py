"""How Alembic runs here: on the connection, and in the transaction, that `open_database` hands over."""

from alembic import context

from assistant.records.tables import Table

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Table.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
