"""What an applicant in this state asks next, and what is answered here."""

from __future__ import annotations

from assistant.compose.draft import Draft
from assistant.desk import Desk

AT_MOST = 3


def suggestions_for(desk: Desk, draft: Draft) -> tuple[str, ...]:
    """The topic's follow-ups first, then those that the pack names for the route."""
    topic = desk.topic(draft.topic) if draft.topic else None
    wanted = [*(topic.follow_ups if topic else ()), *desk.pack.notice.suggested.get(draft.route, ())]
    found = []
    for topic_id in dict.fromkeys(wanted):
        follow_up = desk.topic(topic_id)
        if follow_up is None or not follow_up.suggestion or topic_id == draft.topic:
            continue
        if draft.category and follow_up.category not in (None, draft.category):
            continue
        found.append(follow_up.suggestion)
    return tuple(dict.fromkeys(found))[:AT_MOST]
