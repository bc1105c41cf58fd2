"""Options of the commands that code: which coder, and where its answers are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from dateline.coders import Coder

F = TypeVar("F", bound=Callable[..., Any])

model_option = click.option("--model", metavar="NAME", help="The language model, by the name its server knows it by.")
part_chars_option = click.option(
    "--part-chars",
    type=click.IntRange(500),
    default=6_000,
    show_default=True,
    help="Ask about a longer report in parts of so many characters.",
)
_OPTIONS = (
    click.option(
        "--coder",
        metavar="NAME",
        default="rules",
        show_default=True,
        help="Who codes: rules; model (a language model, each value held against the report's words).",
    ),
    model_option,
    click.option(
        "--answers",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Where the model's answers are kept: what is answered there is not asked again.",
    ),
    click.option("--offline", is_flag=True, help="Ask nobody: code by the answers that are kept."),
    click.option(
        "--any-prompt", is_flag=True, help="Take answers that were given to another version of the prompt, too."
    ),
    part_chars_option,
)


@dataclass(frozen=True, slots=True)
class CoderChoice:
    """What the options say of the coder."""

    coder: str
    model: str | None
    answers: Path | None
    offline: bool
    any_prompt: bool
    part_chars: int

    @property
    def is_rules(self) -> bool:
        """Is it what codes if nothing is said?"""
        return self.coder == "rules"

    def made(self) -> Coder:
        """The coder. Raises NoSuchCoder (DL-M001), BadAnswers (DL-M002)."""
        from dateline.coders import coder

        return coder(self.coder, **self._model_options()) if self.coder == "model" else coder(self.coder)

    def _model_options(self) -> dict[str, Any]:
        from dateline.coders.asking import UNNAMED, Settings
        from dateline.coders.kept import Answers

        answers = Answers.read(self.answers) if self.answers and self.answers.exists() else Answers()
        settings = Settings(self.model or UNNAMED, self.part_chars)
        return {"answers": answers, "settings": settings, "any_prompt": self.any_prompt}


def coder_options(command: F) -> F:
    """The options by which a command that codes may be given another coder, as one argument `choice`."""

    @wraps(command)
    def chosen(*args: Any, **given: Any) -> Any:
        parts = {name: given.pop(name) for name in CoderChoice.__slots__}
        return command(*args, choice=CoderChoice(**parts), **given)

    for option in reversed(_OPTIONS):
        chosen = option(chosen)
    return chosen  # type: ignore[return-value]
