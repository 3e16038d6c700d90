"""The language model itself: the one module that knows LangChain's chat models and what its vendors raise."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol, cast

import structlog

from assistant.llm.settings import ModelSettings, Structured

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk

Cause = Literal["timeout", "unavailable", "rate_limited", "refused", "denied", "garbled", "babbling", "empty"]

LONGEST_ANSWER = 6_000
"""Characters beyond which an answer is cut off and counts as babble."""
MOST_TOKENS = 1_000_000
"""Tokens of one answer beyond which an endpoint's own count is not believed."""
_GRACE = 0.5
"""Seconds that the loop may take to give up after its own deadline."""
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is asked: the task, the material, and the schema of the JSON wanted, if any."""

    task: str
    material: str
    schema: dict[str, Any] | None = None

    @property
    def tokens(self) -> int:
        """About so many tokens, rather too many: a Han character is about one, a Latin word fewer than its letters."""
        return len(self.task) + len(self.material)


@dataclass(frozen=True, slots=True)
class Said:
    """The model's answer, with the tokens it counted or, where it counted none, as many as characters."""

    text: str
    tokens_in: int
    tokens_out: int


@dataclass(frozen=True, slots=True)
class Silent:
    """Why there is no answer; `retry_after` are seconds for which the endpoint asked to be left alone."""

    cause: Cause
    tokens_in: int = 0
    tokens_out: int = 0
    retry_after: float | None = None


class LanguageModel(Protocol):
    """Something that answers a prompt within so many seconds, or tells why not. It never raises."""

    def ask(self, prompt: Prompt, seconds: float) -> Said | Silent:
        """The answer."""
        ...


class ChatModel:
    """A chat model of LangChain. Answers are streamed, so that the deadline and the length hold in the middle of one.

    All questions run in one event loop of a thread of its own, which begins with the first of them.
    """

    def __init__(self, chat: BaseChatModel, structured: Structured, extra_body: dict[str, Any]) -> None:
        self._chat, self._extra = chat, extra_body
        self._ways: tuple[Structured, ...] = (
            ("json_object", "text") if structured == "auto" else (structured,)
        )
        self._way = 0
        self._beginning = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    def ask(self, prompt: Prompt, seconds: float) -> Said | Silent:
        """The answer to a prompt, within `seconds` whatever the endpoint does."""
        future = asyncio.run_coroutine_threadsafe(self._within(prompt, seconds), self._running())
        try:
            return future.result(seconds + _GRACE)
        except concurrent.futures.TimeoutError:
            future.cancel()
            return Silent("timeout", prompt.tokens)

    async def _within(self, prompt: Prompt, seconds: float) -> Said | Silent:
        try:
            async with asyncio.timeout(seconds):
                while True:
                    way = self._ways[self._way]
                    answer = await self._asked(prompt, way)
                    if not (isinstance(answer, Silent) and answer.cause == "refused" and prompt.schema):
                        return answer
                    # An endpoint that refuses one way of asking for JSON is asked in the next from now on.
                    if way != self._ways[self._way]:
                        continue
                    if self._way + 1 == len(self._ways):
                        return answer
                    self._way += 1
        except TimeoutError:
            return Silent("timeout", prompt.tokens)

    async def _asked(self, prompt: Prompt, way: Structured) -> Said | Silent:
        heard = _Heard()
        try:
            messages = [("system", prompt.task), ("user", prompt.material)]
            stream = self._chat.astream(messages, **self._options(prompt, way))
            async with contextlib.aclosing(cast("AsyncGenerator[AIMessageChunk]", stream)) as chunks:
                await heard.listen(chunks)
        except Exception as error:  # the vendors' edge: whatever they raise must not reach a visitor
            silent = _silent(error, prompt)
            # The kind alone: a message of theirs may repeat the request, and a request the key.
            _log.warning("language model silent", cause=silent.cause, error=type(error).__name__)
            return silent
        tokens_in = heard.tokens_in if heard.tokens_in is not None else prompt.tokens
        tokens_out = heard.tokens_out if heard.tokens_out is not None else len(heard.text)
        if heard.babbles:
            return Silent("babbling", tokens_in, tokens_out)
        if not heard.text.strip():
            return Silent("empty", tokens_in, tokens_out)
        return Said(heard.text, tokens_in, tokens_out)

    def _options(self, prompt: Prompt, way: Structured) -> dict[str, Any]:
        body = dict(self._extra)
        if prompt.schema is not None:
            body |= _ASKING[way](prompt.schema)
        return {"extra_body": body} if body else {}

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._beginning:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, name="language-model", daemon=True).start()
            return self._loop


class _Heard:
    """What has come of an answer so far."""

    def __init__(self) -> None:
        self.text = ""
        self.tokens_in: int | None = None
        self.tokens_out: int | None = None
        self.babbles = False

    async def listen(self, chunks: AsyncIterator[AIMessageChunk]) -> None:
        """Take all chunks, up to the longest answer."""
        async for chunk in chunks:
            self.text += str(chunk.text)
            self.text += "".join(part.get("args") or "" for part in getattr(chunk, "tool_call_chunks", ()))
            if usage := getattr(chunk, "usage_metadata", None):
                self.tokens_in = min(max(0, usage["input_tokens"]), MOST_TOKENS) or self.tokens_in
                self.tokens_out = min(max(0, usage["output_tokens"]), MOST_TOKENS) or self.tokens_out
            if len(self.text) > LONGEST_ANSWER:
                self.babbles = True
                return


def _as_function(schema: dict[str, Any]) -> dict[str, Any]:
    function = {"name": "answer", "parameters": schema}
    return {
        "tools": [{"type": "function", "function": function}],
        "tool_choice": {"type": "function", "function": {"name": "answer"}},
    }


_ASKING: dict[Structured, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "json_schema": lambda schema: {
        "response_format": {"type": "json_schema", "json_schema": {"name": "answer", "schema": schema}}
    },
    "json_object": lambda _: {"response_format": {"type": "json_object"}},
    "function": _as_function,
    "text": lambda _: {},
}
"""What each way of asking for JSON puts into a request. The task asks for JSON in words besides."""


def _silent(error: Exception, prompt: Prompt) -> Silent:
    """A vendor's error as an outcome."""
    try:
        import openai  # noqa: PLC0415 - there with the extra alone; other vendors raise errors of their own
    except ImportError:
        return Silent("unavailable", prompt.tokens)
    match error:
        case openai.APITimeoutError() | TimeoutError():
            return Silent("timeout", prompt.tokens)
        case openai.RateLimitError():
            return Silent("rate_limited", retry_after=_seconds(error.response.headers.get("retry-after")))
        case openai.APIConnectionError() | openai.InternalServerError():
            return Silent("unavailable")
        case openai.BadRequestError() | openai.UnprocessableEntityError():
            return Silent("refused")
        case openai.APIStatusError():
            return Silent("denied")
        case openai.APIError():
            return Silent("unavailable", prompt.tokens)
    return Silent("garbled", prompt.tokens)


def _seconds(header: str | None) -> float | None:
    try:
        return max(0.0, float(header)) if header is not None else None
    except ValueError:  # a date: the breaker's own rest must do
        return None


def open_model(settings: ModelSettings) -> ChatModel:
    """The chat model of the settings. Raises SettingsRefused where it cannot be made of them."""
    from assistant.settings import SettingsRefused  # noqa: PLC0415 - settings are built on these

    assert settings.llm_model is not None  # noqa: S101 - the caller has asked
    options: dict[str, Any] = {
        "timeout": settings.llm_timeout_seconds,
        "max_retries": 0,  # a visitor is waiting
        "max_tokens": settings.llm_max_tokens,
    }
    if settings.llm_temperature is not None:
        options["temperature"] = settings.llm_temperature
    if settings.llm_base_url:
        options["base_url"] = settings.llm_base_url
    if settings.llm_provider == "openai":
        # A key of another service in the environment must not be sent to this endpoint.
        # The deadline is that of the turn, whatever else would end a stream.
        options |= {"api_key": _key(settings) or "none", "stream_usage": True, "stream_chunk_timeout": None}
    elif key := _key(settings):
        options["api_key"] = key
    try:
        from langchain.chat_models import init_chat_model  # noqa: PLC0415 - heavy, for those with a model

        chat = init_chat_model(settings.llm_model, model_provider=settings.llm_provider, **options)
    except ImportError as error:
        raise SettingsRefused(
            f"设置 SHENBAO_LLM_MODEL 需要 {error.name or settings.llm_provider} 的程序包，"
            "请安装 shenbao[llm]，或去掉这项设置"
        ) from error
    except ValueError as error:
        raise SettingsRefused(
            f"设置 SHENBAO_LLM_… 有误（{type(error).__name__}）：请核对 SHENBAO_LLM_PROVIDER 和 SHENBAO_LLM_BASE_URL"
        ) from error
    return ChatModel(chat, settings.llm_structured, settings.llm_extra_body)


def _key(settings: ModelSettings) -> str | None:
    from assistant.settings import SettingsRefused  # noqa: PLC0415 - as above

    if settings.llm_key is not None:
        return settings.llm_key.get_secret_value()
    if settings.llm_key_file is None:
        return None
    try:
        return settings.llm_key_file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsRefused(
            f"设置 SHENBAO_LLM_KEY_FILE 有误：读不了 {settings.llm_key_file}（{type(error).__name__}）"
        ) from error
