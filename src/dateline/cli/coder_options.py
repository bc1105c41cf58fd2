"""Options of the commands that code: which coder to use, and where its answers are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dateline.cli.coder_flags import CODER, MANIFEST, OPTIONS
from dateline.cli.common import talk
from dateline.cli.manifest import write_manifest

if TYPE_CHECKING:
    from dateline.cli.tally import Tally
    from dateline.coders import Coder
    from dateline.coders.asking import Settings
    from dateline.coders.client import Server
    from dateline.coders.gain import Counted
    from dateline.coders.kept import Answers
    from dateline.coders.spending import Price, Spending
    from dateline.coders.writing import Asking
    from dateline.engines.seam import Coded, Row

#: The key under which click's context holds the model's server of a run.
_SERVER = "dateline.server"
#: After so many reports without an answer a run ends, if the server has answered none before.
_PATIENCE = 4
#: The key of the coder of a run.
_CODER = "dateline.coder"
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class CoderChoice:
    """The options that concern the coder."""

    coder: str
    model: str | None
    share: float
    share_of: Counted
    answers: Path | None
    offline: bool
    any_prompt: bool
    part_chars: int
    base_url: str | None
    key_file: Path | None
    at_once: int
    prices: Path | None
    budget: float | None
    manifest: Path | None
    dry_run: bool

    @property
    def is_rules(self) -> bool:
        """Is the coder the default one, the rules?"""
        return self.coder == "rules"

    def check(self) -> None:
        """Raises UsageError where options make no sense together."""
        if self.is_rules and (
            self.model or self.answers or self.offline or self.base_url or self.dry_run or self.manifest
        ):
            raise click.UsageError("Options for a language model need --coder model or cascade.")

    def coded(self, rows: Iterable[Row]) -> Iterator[Coded]:
        """The codings of reports. Raises NoSuchCoder (DL-M001), BadAnswers (DL-M002), BadPrices (DL-M008)."""
        from dateline.engines import code_with

        coder = self.made()
        self.end_without_server()
        return code_with(coder, rows, self.together)

    def end_without_server(self) -> None:
        """End the run soon where the model's server answers nothing at all. (A watch or a service waits for it.)"""
        if (server := self.server()) is not None:
            server.patience = _PATIENCE

    def one_by_one(self, rules: Callable[[Row], Coded]) -> Callable[[Row], Coded]:
        """A function that codes one report: `rules` where no other coder is chosen. Raises as `coded` does."""
        if self.is_rules:
            return rules
        from dateline.engines.asked import coded_by

        return partial(coded_by, self.made())

    @property
    def together(self) -> int:
        """How many reports are coded at a time."""
        return self.at_once if self.coder in ("model", "cascade") and not self.offline else 1

    def made(self) -> Coder:
        """The coder, made once in a run. Raises as `coded` does."""
        known = click.get_current_context().meta
        if _CODER not in known:
            known[_CODER] = self._make()
        found: Coder = known[_CODER]
        return found

    def _make(self) -> Coder:
        from dateline.coders import coder

        if self.coder not in ("model", "cascade"):
            return coder(self.coder)
        more = {"share": self.share, "share_of": self.share_of} if self.coder == "cascade" else {}
        return coder(self.coder, **more, **self._model_options())

    def model_of_cascade(self) -> Coder:
        """The model that a cascade asks, as a coder of its own: it reads every report that it is given. Raises as
        `coded` does."""
        from dataclasses import replace

        from dateline.coders.cascade import CascadeCoder

        cascade = self.made()
        assert isinstance(cascade, CascadeCoder)
        return replace(cascade.model, name="cascade")

    def server(self) -> Server | None:
        """The model's server that the coder made by `made` asks; None where it asks no server."""
        found: Server | None = click.get_current_context().meta.get(_SERVER)
        return found

    def using(self) -> Callable[[], str] | None:
        """A function that says what was used so far (tokens, money); None where no model is asked."""
        return None if self.is_rules or self.offline else self._spending().so_far

    def tell(self, tally: Tally, quiet: bool) -> None:
        """Say what was spent, where a model was asked, and write the manifest."""
        self.close(quiet)
        if self.manifest is not None and not self.is_rules:
            write_manifest(self.manifest, self._run(tally))

    def close(self, quiet: bool) -> None:
        """Close the file of answers and say what was spent, where a model was asked."""
        if self.is_rules:
            return
        if (server := self.server()) is not None:
            server.keeping.close()
        if self._spending().questions:
            talk(self._spending().summary(), quiet)

    def _run(self, tally: Tally) -> dict[str, Any]:
        """The content of this run's manifest. It holds no key and no password."""
        from dateline.coders import prompt
        from dateline.coders.client import bare_address

        settings, spending = self._settings(), self._spending()
        return {
            "coder": self.coder,
            "share": self.share if self.coder == "cascade" else None,
            "share_of": self.share_of if self.coder == "cascade" else None,
            "model": settings.model,
            "prompt": prompt.version(),
            "settings": {"part_chars": settings.part_chars, **dict(settings.extra)},
            "server": None if self.offline else bare_address(self.base_url),
            "answers": None if self.answers is None else self.answers.name,
            "reports": tally.total,
            "rejected": tally.rejected,
            **spending.as_record(),
        }

    def would_take(self, rows: Iterable[Row], whole: bool = False) -> str:
        """How much it would take to ask a model about the reports (questions, tokens, price), in words. With `whole`, a
        cascade asks about all of them."""
        asking = self.asking()
        for _ in asking.lines(rows):
            pass
        price = self._price()
        words = f"{asking.summary()} About {asking.asked:,} tokens sent and {asking.answered:,} received"
        if self.coder == "cascade" and not whole:
            words += f" for all reports; the cascade asks about {self.share:.0%} of the {self.share_of}"
        return f"{words}: {price.of(asking.asked, asking.answered):.4f}." if price is not None else f"{words}."

    def asking(self, form: str = "plain") -> Asking:
        """A writer of the prompts that are not answered yet."""
        from dateline.coders.writing import Asking

        return Asking(self._settings(), self._kept(), form)

    def _settings(self) -> Settings:
        from dateline.coders.asking import UNNAMED, Settings

        return Settings(self.model or UNNAMED, self.part_chars)

    def _kept(self) -> Answers:
        from dateline.coders.kept import Answers

        return Answers.read(self.answers) if self.answers and self.answers.exists() else Answers()

    def _price(self) -> Price | None:
        from dateline.coders.spending import price_of

        return price_of(self.prices, self._settings().model) if self.prices else None

    def _spending(self) -> Spending:
        """The one counter of what this run spends."""
        from dateline.coders.spending import Spending

        known = click.get_current_context().meta
        return known.setdefault("dateline.spending", Spending(self._price(), self.budget))  # type: ignore[no-any-return]

    def _model_options(self) -> dict[str, Any]:
        made = {"answers": self._kept(), "settings": self._settings(), "any_prompt": self.any_prompt}
        if self.offline:
            return made
        from dateline.coders.client import Server, api_key
        from dateline.coders.kept import Keeping

        key = api_key(self.key_file, self.base_url)
        server = Server(self.base_url, self._settings(), key, Keeping(self.answers), self._spending())
        click.get_current_context().meta[_SERVER] = server
        return made | {"ask": server}


def coder_options(command: F) -> F:
    """Add the options that choose a coder to a command that codes; it gets them as one argument `choice`."""
    return _with_choice(command, OPTIONS, {})


def cascade_options(command: F) -> F:
    """Add the options of a cascade's model to a command; it gets the cascade as one argument `choice`."""
    own = [option for option in OPTIONS if option not in (CODER, MANIFEST)]
    return _with_choice(command, own, {"coder": "cascade", "manifest": None})


def _with_choice(command: F, options: Sequence[Callable[[Any], Any]], fixed: dict[str, Any]) -> F:
    """The command with these options; values in `fixed` are not asked for."""

    @wraps(command)
    def chosen(*args: Any, **given: Any) -> Any:
        own = {name: fixed[name] if name in fixed else given.pop(name) for name in CoderChoice.__slots__}
        choice = CoderChoice(**own)
        choice.check()
        return command(*args, choice=choice, **given)

    for option in reversed(options):
        chosen = option(chosen)
    return chosen  # type: ignore[return-value]
