from __future__ import annotations

import pytest
from pydantic import ValidationError

from knowledge.cues import StateCue


def test_words_are_one_pattern_longest_first() -> None:
    cue = StateCue(fact="f", topics=["审计", "审计报告"])  # type: ignore[arg-type]
    assert [m.group() for m in cue.topics.finditer("审计报告和审计")] == ["审计报告", "审计"]


def test_a_cue_without_words_never_matches() -> None:
    assert StateCue(fact="f").topics.search("审计报告") is None


@pytest.mark.parametrize("words", [["审计("], ["审?"], "审计", [1], ["(?:都|都还|还)*在用"]])
def test_words_that_are_no_pattern_match_nothing_or_may_never_end_are_refused(words: object) -> None:
    with pytest.raises(ValidationError):
        StateCue(fact="f", topics=words)  # type: ignore[arg-type]
