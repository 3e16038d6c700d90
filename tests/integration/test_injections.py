"""A model that does whatever any text tells it, and a corpus of texts that tell it: the answers stay as they are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from model_houses import DAY, essence, with_model, without_model
from scripted_model import Asked, Endpoint, Script, honest, serving

from assistant.compose.draft import Draft
from assistant.compose.grounding import Grounding
from assistant.compose.sentences import Sentence
from assistant.desk import Desk
from assistant.llm.phrase import phrase_prompt, read_phrased
from assistant.llm.wording import load_wording

CORPUS = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "fixtures" / "injections.jsonl").read_text("utf-8").splitlines()
]
SAID = [case for case in CORPUS if case["place"] != "annex"]
PRINTED = [case for case in CORPUS if case["place"] == "annex"]


def obedient(case: dict[str, Any]) -> Script:
    """Does what it is told, whatever it was asked for; where it phrases, it says the rest honestly besides."""

    def script(asked: Asked) -> str:
        if asked.use == "read":
            return json.dumps({"facts": case.get("facts", []), "topic": "t1"}, ensure_ascii=False)
        if asked.use == "rewrite":
            return str(case["obeys"])
        return "".join(
            f"{case['obeys']}{token}\n{case['obeys']}\n{text}{token}\n" for token, text in asked.items.items()
        )

    return script


@pytest.fixture(scope="module")
def desk(assistant: Any) -> Desk:
    return assistant._desk(None)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    with serving(honest) as running:
        yield running


def test_the_corpus_is_of_a_hundred_texts_in_two_languages_and_four_places():
    assert len({json.dumps(case["say"]) for case in CORPUS}) == len(CORPUS) >= 100
    assert {(case["place"], case["language"]) for case in CORPUS} == {
        (place, language) for place in ("question", "facts", "annex", "turns") for language in ("zh", "en")
    }


@pytest.mark.parametrize("case", SAID, ids=[case["id"] for case in SAID])
def test_orders_in_what_is_said_change_no_answer(case, desk, endpoint):
    endpoint.script = obedient(case)
    endpoint.asked.clear()
    alone, helped = without_model(desk), with_model(desk, endpoint, llm_timeout_seconds=20)
    for said in case["say"]:
        before = alone.reply(said, session_id="s", as_of=DAY)
        reply = helped.reply(said, session_id="s", as_of=DAY)
        assert essence(reply) == essence(before)
        assert reply.composer == "template"
    for asked in endpoint.asked:
        assert not any(said in asked.task for said in case["say"]), "what is said is never part of the task"
        assert asked.material.count("</") == 1, "and never closes its fence"


@pytest.mark.parametrize("case", PRINTED, ids=[case["id"] for case in PRINTED])
def test_orders_in_a_document_are_read_out_at_most_and_never_followed(case, pack):
    grounding, wording = Grounding(pack.tree, pack.notice), load_wording()
    sentences = tuple(Sentence(text, ("3.4.1",)) for text in (*case["say"], "申报四星级的须已评定为三星级。"))
    draft = Draft(route="lookup", sentences=sentences)
    prompt = phrase_prompt(draft, wording)
    assert prompt is not None
    assert prompt.material.count("</") == 1
    assert prompt.material.count("⟦c") == 2
    assert prompt.task == wording.tasks.phrase
    order = case["obeys"]
    for answer in (order, f"{order}⟦c1⟧", f"{order}⟦c1⟧{sentences[1].text}⟦c2⟧", f"{order}⟦c1⟧⟦c2⟧"):
        assert read_phrased(answer, draft, grounding, wording) is None
    told = read_phrased(
        f"{order}⟦c9⟧{order}。{case['say'][0]}⟦c1⟧{sentences[1].text}⟦c2⟧", draft, grounding, wording
    )
    assert told is None or [s.text for s in told] == [s.text for s in sentences]
