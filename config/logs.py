"""How the program speaks to those who run it: one line an event, JSON or for the eye, times in UTC."""

import re
from collections.abc import MutableMapping
from typing import Any

import structlog

# Addresses that are secrets themselves: calendar feeds, password resets, invitations.
SECRET_IN_PATH = re.compile(r"(/feeds/|/password/reset/key/|/invitations?/|/settings/mail/off/)[^/\s?'\"]+")


def hide_secrets(_logger: object, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Cut the secret out of an address before the line is written."""
    for name in ("event", "request", "path", "referer"):
        if isinstance(line.get(name), str):
            line[name] = SECRET_IN_PATH.sub(r"\1…", line[name])
    return line


CHAIN: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    hide_secrets,
]


def configure(log_format: str) -> dict[str, Any]:
    """Set up structlog and give the matching LOGGING setting; `log_format` is "json" or "console"."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *CHAIN,
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    renderer: Any = structlog.dev.ConsoleRenderer(
        colors=False,
        exception_formatter=structlog.dev.plain_traceback,  # the rich one would print locals, secrets too
    )
    before: list[Any] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if log_format == "json":
        renderer = structlog.processors.JSONRenderer(ensure_ascii=False)
        before.append(structlog.processors.format_exc_info)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [*before, renderer],
                "foreign_pre_chain": CHAIN,
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {
            "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
            # Every sweep of every second would be two lines of "received" and "succeeded".
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
            "celery.beat": {"level": "WARNING"},
            "django_structlog.celery.receivers": {"level": "WARNING"},
            # One line a request is for machines; at a terminal it would hide what matters.
            "django_structlog.middlewares.request": {"level": "INFO" if log_format == "json" else "WARNING"},
            "fontTools": {"level": "WARNING"},
        },
    }
