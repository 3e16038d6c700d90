"""How the service logs: structured, and without personal data."""

from __future__ import annotations

import structlog

from assistant.masking import mask_event


def configure_logs(level: str) -> None:
    """Log entries of `level` and above, personal data masked in every one, tracebacks included."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(level),
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.StackInfoRenderer(),
            structlog.dev.set_exc_info,
            structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=False),
            structlog.processors.format_exc_info,
            mask_event,
            structlog.dev.ConsoleRenderer(),
        ],
    )
