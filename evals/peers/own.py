"""The assistant under the same protocol as the pipelines of others: a process that is built, asked and measured."""

from __future__ import annotations

import json
import resource
import sys
import time
from datetime import date

from assistant.desk_builder import build_desk
from assistant.settings import read_settings
from evals.targets import InProcess
from knowledge.listed_folders import read_catalogue
from knowledge.pack import load_pack


def main(pack_id: str) -> None:
    """Open the index that is there, ask everything, tell what came of it."""
    given = json.load(sys.stdin)
    settings = read_settings()
    listed = read_catalogue(settings.packs_root).get_listed(pack_id)
    assistant = InProcess(build_desk(load_pack(listed.folder, listed.name), settings))
    assistant.ask("预热", date(2023, 2, 20), "warm-up")
    ready_at = time.time()
    answers = [
        assistant.ask(question, date.fromisoformat(day), f"asked-{number}").model_dump(mode="json")
        for number, (question, day) in enumerate(given["asked"])
    ]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
    json.dump(
        {"ready_at": ready_at, "memory_mib": memory, "answers": answers}, sys.stdout, ensure_ascii=False
    )


if __name__ == "__main__":
    main(sys.argv[1])
