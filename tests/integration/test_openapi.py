"""The interface against its own description: whatever the document allows or forbids is tried on the service."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from api.app import create_app
from assistant.bootstrap import build_assistant
from assistant.records.store import open_kept
from assistant.settings import Settings

# What a document cannot say. Facts, categories and their bounds are data of the pack that is asked, and a message may
# consist of characters that nobody sees: such a request has the right form and is refused for what it means, with 422.
MEANT = ["2xx", "400", "401", "403", "404", "409", "422", "429", "503"]
BY_MEANING = {"checks": {"positive_data_acceptance": {"expected-statuses": MEANT}}}
ASKED = (
    "POST /v1/chat",
    "POST /v1/chat/stream",
    "POST /v1/chat/completions",
    "POST /v1/eligibility",
    "POST /v1/messages/{message_id}/feedback",
    "POST /v1/sessions/{session_id}/handover",
    "PATCH /v1/sessions/{session_id}/facts",
)
# A visitor chooses the name of a session: one that was deleted is one that knows nothing yet, not one that is missing.
FORGOTTEN = {
    "include-name": "GET /v1/sessions/{session_id}/facts",
    "checks": {"use_after_free": {"enabled": False}},
}


@pytest.fixture(scope="module")
def app(index_root: Path, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    used = Settings(index_root=index_root, database=f"sqlite:///{tmp_path_factory.mktemp('openapi')}/kept.db")
    records = open_kept(used)
    return create_app(build_assistant(used, records=records), used)


def findings(app: FastAPI, examples: int, seed: int) -> list[str]:
    """What all checks in all phases find: coverage of the schema, random requests, and requests that follow up."""
    configured = SchemathesisConfig.from_dict(
        {
            "seed": seed,
            "generation": {"max-examples": examples, "deterministic": True, "database": "none"},
            "operations": [*({"include-name": name, **BY_MEANING} for name in ASKED), FORGOTTEN],
        }
    )
    schema = schemathesis.openapi.from_asgi("/openapi.json", app, config=configured)
    found, tried = [], 0
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            tried += len(event.recorder.cases)
            found += _failures(event)
        elif isinstance(event, events.NonFatalError | events.FatalError):
            found.append(f"{event}")
    assert tried > 20 * len(list(schema.get_all_operations()))
    return found


def _failures(event: Any) -> list[str]:
    told = []
    for case, checks in event.recorder.checks.items():
        interaction = event.recorder.interactions.get(case)
        for check in checks:
            if check.failure_info is not None:
                failure = check.failure_info.failure
                sent = interaction.request if interaction else None
                request = f"{sent.method} {sent.uri} {sent.body!r}" if sent else ""
                told.append(
                    f"{event.recorder.label}: {check.name}: {failure.title} {failure.message}\n{request}"
                )
    return told


@pytest.mark.slow
def test_the_service_does_what_its_description_says(app):
    assert findings(app, 40, 1) == []


@pytest.mark.soak
@pytest.mark.timeout(7_200)
@pytest.mark.parametrize("seed", [2, 3])
def test_the_service_does_what_its_description_says_at_length(app, seed):
    assert findings(app, 400, seed) == []
