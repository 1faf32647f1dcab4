"""Stages of the work, for those who look on: timings, a log, or spans of OpenTelemetry.

`stage` makes a stage of a function; stages stand within each other as the calls do. Whoever looks on gives a context
manager for each stage with `observed`. Spans need no such call: where the program has imported OpenTelemetry's API,
every stage is one. Where nobody looks on, a stage costs a look-up.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

Observer = Callable[[str], AbstractContextManager[object]]
"""Takes the name of a stage, gives what is entered when it begins and left when it ends."""

_OBSERVERS: Final[ContextVar[tuple[Observer, ...]]] = ContextVar("exporter-observers", default=())
_TRACING: Final = "opentelemetry.trace"


def stage(name: str | Callable[..., str]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a stage of a function.

    Args:
        name: what the stage is called, or what makes that of the function's arguments.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            observers = _OBSERVERS.get()
            if not observers and _TRACING not in sys.modules:
                return function(*args, **kwargs)
            if _TRACING in sys.modules:
                observers = (*observers, _span)
            title = name if isinstance(name, str) else name(*args, **kwargs)
            with ExitStack() as stack:
                for observer in observers:
                    stack.enter_context(observer(title))
                return function(*args, **kwargs)

        return run

    return decorate


@contextmanager
def observed(*observers: Observer) -> Iterator[None]:
    """Have stages observed within a ``with`` block, by those who do already too."""
    token = _OBSERVERS.set((*_OBSERVERS.get(), *observers))
    try:
        yield
    finally:
        _OBSERVERS.reset(token)


def _span(name: str) -> AbstractContextManager[Any]:
    """A span of the tracer ``exporter``; what a program without an SDK gets does nothing."""
    tracer = sys.modules[_TRACING].get_tracer("exporter")
    span: AbstractContextManager[Any] = tracer.start_as_current_span(f"exporter {name}")
    return span
