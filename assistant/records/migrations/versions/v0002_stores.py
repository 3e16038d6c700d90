"""Requests by key, leases, the switch, admissions; tickets whose conversation was deleted.

Everything is added beside what was there, so that processes of the release before go on working meanwhile.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add them."""
    op.create_table(
        "requests",
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("kept_at", _MOMENT, nullable=False),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("ticket_id", _ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name="fk_requests_message_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("scope", "key", name="pk_requests"),
    )
    op.create_index("ix_requests_kept_at", "requests", ["kept_at"])
    op.create_index("ix_requests_message_id", "requests", ["message_id"])
    op.create_table(
        "leases",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )
    op.create_table(
        "switches",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("off", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_switches"),
    )
    op.create_table(
        "admissions",
        sa.Column("id", _ID, nullable=False),
        sa.Column("budget", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_admissions"),
    )
    op.create_index("ix_admissions_at", "admissions", ["at"])
    op.create_index("ix_admissions_budget_at", "admissions", ["budget", "at"])
    op.add_column("tickets", sa.Column("forgotten_at", _MOMENT, nullable=True))


def downgrade() -> None:
    """Take them away; what the release before knew stays."""
    op.drop_column("tickets", "forgotten_at")
    for table in ("admissions", "switches", "leases", "requests"):
        op.drop_table(table)
