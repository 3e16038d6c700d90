"""OpenAI's objects, as far as they are read or written here.

What is asked of a language model beyond its messages (tools, temperature, length …) is accepted and has no effect: the
answer follows from the notice. Token counts are counts of characters.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.schemas import ALLOWED
from assistant.reply import ShownCitation

OBJECTS_LIMIT = 4_000


class Lenient(BaseModel):
    """Base of what is read: types as JSON has them; fields not declared have no effect."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class Part(Lenient):
    """A part of a message; those that are no text are not read."""

    type: str
    text: str | None = None


class HistoryMessage(Lenient):
    """A message of the conversation; what the user said counts, everything else is not read."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | Annotated[list[Part], Field(max_length=OBJECTS_LIMIT)] | None = None

    @property
    def words(self) -> str:
        """The text of the message."""
        if isinstance(self.content, str):
            return self.content.strip()
        parts = (part.text for part in self.content or () if part.type == "text" and part.text)
        return "\n".join(parts).strip()


class StreamOptions(Lenient):
    """Whether a stream ends with its usage."""

    include_usage: bool | None = None


class CompletionRequest(Lenient):
    """The whole conversation; the last of the user's messages is the question."""

    model: Annotated[str, Field(min_length=1, max_length=100, description=ALLOWED["model"])]
    messages: Annotated[
        list[HistoryMessage],
        Field(min_length=1, max_length=OBJECTS_LIMIT, description=ALLOWED["messages"]),
    ]
    stream: Annotated[bool | None, Field(description=ALLOWED["stream"])] = None
    stream_options: StreamOptions | None = None

    @property
    def said(self) -> list[str]:
        """What the user said, oldest first; messages without words are left out."""
        return [words for message in self.messages if message.role == "user" and (words := message.words)]


class Usage(BaseModel):
    """Characters read and written."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class AnswerMessage(BaseModel):
    """The answer with the clauses that it stands on."""

    role: Literal["assistant"] = "assistant"
    content: str


class Choice(BaseModel):
    """The one answer."""

    index: Literal[0] = 0
    message: AnswerMessage
    finish_reason: Literal["stop"] = "stop"


class Completion(BaseModel):
    """An answer. `citations` are those of `POST /v1/chat`."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: tuple[Choice]
    usage: Usage
    citations: tuple[ShownCitation, ...]


class Model(BaseModel):
    """A pack, as a model; `shenbao` is the one that answers by default."""

    id: str
    object: Literal["model"] = "model"
    created: int
    owned_by: Literal["shenbao"] = "shenbao"


class Models(BaseModel):
    """All models that may be asked."""

    object: Literal["list"] = "list"
    data: tuple[Model, ...]


class Failure(BaseModel):
    """What went wrong; `message` is Chinese."""

    message: str
    type: str
    param: str | None
    code: str | None


class Failed(BaseModel):
    """An error as OpenAI's clients read it."""

    error: Failure
