"""Prints, as JSON, every pattern that this project's code compiles while it is loaded and answers.

A process of its own: patterns are compiled when modules are first imported.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

OURS = ("knowledge", "assistant", "api", "evals")
QUESTIONS = [
    "文号是多少",
    "我们公司2021年注册在南京，去年贯标了，研发投入30%，营收2000万，能报标杆工厂吗",
    "We registered in Jiangsu in 2021, can we apply?",
    "women gongsi keyi shenbao ma",
]


def main(index_root: str) -> None:
    """Import everything, answer a few questions, print `[pattern, flags, where]` of each pattern."""
    found: dict[str, tuple[int, str]] = {}
    compile_ = re.compile

    def recording(pattern: Any, flags: Any = 0) -> Any:
        caller = sys._getframe(1)
        module = str(caller.f_globals.get("__name__", ""))
        if module.partition(".")[0] in OURS and isinstance(pattern, str):
            found[pattern] = (int(flags), f"{module}:{caller.f_lineno}")
        return compile_(pattern, flags)

    re.compile = recording  # type: ignore[assignment]
    for name in OURS:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            if "__main__" not in module.name and ".migrations" not in module.name:
                importlib.import_module(module.name)
    from assistant.bootstrap import build_assistant  # noqa: PLC0415
    from assistant.settings import Settings  # noqa: PLC0415

    assistant = build_assistant(Settings(index_root=Path(index_root)))
    for question in QUESTIONS:
        assistant.reply(question, as_of=date(2023, 2, 20))
    sys.stdout.write(json.dumps([(pattern, *where) for pattern, where in found.items()]) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
