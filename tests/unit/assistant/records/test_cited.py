"""What an answer was given from is kept with it, and goes with it."""

from __future__ import annotations

from assistant.session_store import CitedText


def test_the_words_of_cited_clauses_are_kept_and_deleted_with_the_conversation(records, say) -> None:
    text = CitedText("jiangsu", "4.2.2", "四、（二）2", "由设区市评定。")
    message = say(session="s1", visitor="v1", texts=(text,))
    assert records.conversations.cited([message, "none"]) == {message: {"4.2.2": text}}
    assert records.conversations.forget("s1", "v1") == 1
    assert records.conversations.cited([message]) == {}
