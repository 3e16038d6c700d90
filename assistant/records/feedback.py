"""Ratings of answers by those who asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from assistant.records.database import Database
from assistant.records.tables import MessageRow, Rating
from assistant.records.tickets import Tickets
from knowledge.errors import UnknownRecord


class Feedback:
    """Keeps ratings; an answer that did not help becomes a ticket."""

    def __init__(self, database: Database, clock: Callable[[], datetime], tickets: Tickets) -> None:
        self._database, self._clock, self._tickets = database, clock, tickets

    def rate(self, message_id: str, rating: Rating, reason: str = "", *, visitor: str) -> None:
        """Keep the latest rating of a message. Raises UnknownRecord, also for another visitor's message."""
        with self._database.begin() as session:
            row = session.get(MessageRow, message_id)
            if row is None or row.visitor != visitor:
                raise UnknownRecord("没有这条消息")
            row.rating, row.rating_reason, row.rated_at = rating, reason, self._clock()
            if rating == "down":
                self._tickets.open(message_id, "thumbs_down", remark=reason)
