"""Questions that an app asks of apps above it, which it may not import."""

import inspect
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from django.core.exceptions import ImproperlyConfigured

Question = TypeVar("Question")
Answer = TypeVar("Answer")


class NotChecked(Exception):
    """Nobody answers at this port; no page may show that as a yes."""


class Port(Generic[Question, Answer]):
    """A question with one provider: a list of questions in, as many answers out, in their order."""

    def __init__(self, name: str, *, takes: Sequence[str] = ()):
        self.name, self.takes = name, tuple(takes)
        self._provider: Callable | None = None

    def provide(self, provider: Callable[..., list[Answer]]) -> None:
        """Answer from now on; an app does so in its `ready`. Raises ImproperlyConfigured for a second provider."""
        if self._provider is not None and self._provider is not provider:
            raise ImproperlyConfigured(f"the port {self.name} has a provider already")
        asked = [p.name for p in inspect.signature(provider).parameters.values() if p.kind is p.KEYWORD_ONLY]
        if asked != list(self.takes):
            raise ImproperlyConfigured(f"{self.name} is asked with {self.takes}, its provider takes {asked}")
        self._provider = provider

    def ask(self, questions: Sequence[Question], **more) -> list[Answer]:
        """Raises NotChecked without a provider."""
        if self._provider is None:
            raise NotChecked(self.name)
        answers = self._provider(list(questions), **more)
        if len(answers) != len(questions):
            raise ValueError(f"{self.name} answered {len(answers)} of {len(questions)} questions")
        return answers
