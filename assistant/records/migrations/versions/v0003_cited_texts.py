"""The words of the clauses that an answer cited, as they were when it was given."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; of earlier answers the quotes stand in their replies, the whole clauses were not kept."""
    op.create_table(
        "cited_texts",
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("clause_id", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name="fk_cited_texts_message_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("message_id", "pack", "clause_id", name="pk_cited_texts"),
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_table("cited_texts")
