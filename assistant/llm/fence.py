"""Other people's text on its way to the model: data between fences that it cannot close, never instructions."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping

LONGEST = 4_000
"""Characters of one text that a model is shown."""
_SPECIAL = str.maketrans({"⟦": "[", "⟧": "]", "<": "‹", ">": "›", "`": "'", "\u2028": " ", "\u2029": " "})
_ROLE = re.compile(r"(?im)^(\s*)(system|assistant|user|developer|tool)(\s*[:：])|\[/?INST\]|\[/?SYS\]")


def escape(text: str) -> str:
    """The text without what a model takes for the end of a fence, a token, a role or a mark-up of its own."""
    visible = "".join(
        c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
    # Angle brackets cover <|im_start|>, </s> and <data …>; a role at the head of a line is quoted.
    return _ROLE.sub(_quoted, visible.translate(_SPECIAL))[:LONGEST]


def _quoted(role: re.Match[str]) -> str:
    return f"“{role.group().strip(' []')}”"


def fenced(name: str, content: str | Mapping[str, str]) -> str:
    """A text, or texts by names of ours, as JSON between fences named by its digest, which no text can hold of itself."""
    escaped = (
        escape(content) if isinstance(content, str) else {key: escape(text) for key, text in content.items()}
    )
    inside = json.dumps(escaped, ensure_ascii=False)
    mark = hashlib.sha256(inside.encode()).hexdigest()[:8]
    return f"<{name} {mark}>\n{inside}\n</{name} {mark}>"
