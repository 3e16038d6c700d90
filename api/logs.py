"""What the service writes about itself: one line an event, to standard error, with neither secrets nor users' words.

On a terminal lines are for people, elsewhere each is a JSON object. What libraries log comes out in the same form.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from pydantic import SecretStr

from assistant.masking import mask

if TYPE_CHECKING:
    from assistant.settings import Settings

MASK = "***"
_SECRET_NAME = re.compile(
    r"authorization|cookie|token(?!s)|secret|passw|api[_-]?key|credential|signature|private", re.IGNORECASE
)
_SECRET_IN_TEXT = re.compile(
    r"""(?ix)
    (?P<scheme>\b(?:bearer|basic)\s+) [^\s"',;]+
    | (?P<user>\b[a-z][a-z0-9+.-]*://[^\s:/@]*:) [^\s/@]+ (?=@)
    | (?P<name>\b(?:api[_-]?key|token|secret|password|authorization|set-cookie|cookie)["']?\s*[=:]\s*["']?(?:(?:bearer|basic)\s+)?) [^\s"',;&]+
    | \bsk-[a-z0-9_-]{8,}
    | \b[a-z0-9_-]{16,}\.[a-z0-9_-]{43}\b
    """
)
"""Credentials by their form: of a request, of a URL, by name, of a model's endpoint, of a visitor."""
_SHORTEST_KNOWN = 6
_FRAMES = 12
_DEPTH = 8
"""Containers within containers that an entry may have; deeper ones are written as text."""

Processor = Callable[[Any, str, MutableMapping[str, Any]], Mapping[str, Any] | str | bytes | tuple[Any, ...]]


class Masked:
    """A processor that puts *** in place of secrets: by their names, by their form, and those that are known.

    `also` masks what else does not belong in a log.
    """

    def __init__(self, known: Iterable[str] = (), also: Callable[[str], str] = str) -> None:
        long_enough = sorted({text for text in known if len(text) >= _SHORTEST_KNOWN}, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, long_enough))) if long_enough else None
        self._also = also

    def __call__(self, _: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        """The event without secrets."""
        return {name: self._shown(name, value, _DEPTH) for name, value in event.items()}

    def _shown(self, name: str, value: Any, depth: int) -> Any:
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, SecretStr) or _SECRET_NAME.search(name):
            return MASK
        if isinstance(value, Mapping) and depth:
            return {str(key): self._shown(str(key), inner, depth - 1) for key, inner in value.items()}
        if isinstance(value, list | tuple | set | frozenset) and depth:
            return [self._shown("", inner, depth - 1) for inner in value]
        return self._text(str(value))

    def _text(self, text: str) -> str:
        if self._known is not None:
            text = self._known.sub(MASK, text)
        return self._also(_SECRET_IN_TEXT.sub(_masked, text))


def _masked(found: re.Match[str]) -> str:
    return (found["scheme"] or found["user"] or found["name"] or "") + MASK


def secrets_of(settings: Settings) -> tuple[str, ...]:
    """The secrets among the settings, and the password of the database."""
    values = (getattr(settings, name) for name in type(settings).model_fields)
    known = [value.get_secret_value() for value in values if isinstance(value, SecretStr)]
    password = re.search(r"://[^:/@]*:([^@]+)@", settings.database)
    return (*known, *([password[1]] if password else ()))


def failure_of(error: BaseException) -> dict[str, Any]:
    """What a log tells of an exception: types and places, of its causes too. Its message may quote a user."""
    told: dict[str, Any] = {"error": _chain(error), "where": _places(error)}
    if isinstance(error, OSError) and error.strerror:
        told["cause"] = error.strerror
    return told


def _chain(error: BaseException) -> str:
    names = [type(error).__name__]
    seen = {id(error)}
    while (cause := error.__cause__ or error.__context__) is not None and id(cause) not in seen:
        seen.add(id(cause))
        names.append(type(cause).__name__)
        error = cause
    return " < ".join(names)


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]


def _without_messages(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Exceptions as types and places."""
    given = event.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()
    error = given[1] if isinstance(given, tuple) else given
    return {**event, **failure_of(error)} if isinstance(error, BaseException) else event


def configure_logs(
    settings: Settings, stream: TextIO | None = None, also: Callable[[str], str] = mask
) -> None:
    """Let this process log to `stream`, standard error by default. Called once, by a command."""
    import structlog  # noqa: PLC0415 - heavy

    out = stream or sys.stderr
    as_json = settings.log_format == "json" or (settings.log_format == "auto" and not out.isatty())
    timestamp = structlog.processors.TimeStamper(fmt="iso", utc=True)
    common: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        timestamp,
        _without_messages,
        Masked(secrets_of(settings), also),
    ]
    render: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=out.isatty())
    )
    structlog.configure(
        processors=[*common, render],
        wrapper_class=structlog.make_filtering_bound_logger(settings.log_level),
        logger_factory=structlog.WriteLoggerFactory(file=out),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.ExtraAdder(allow=())],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *common, render],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    # Libraries tell what is wrong, not what they do; uvicorn's own lines are few.
    root.setLevel(logging.WARNING)
    logging.getLogger("uvicorn.error").setLevel(settings.log_level.upper())
