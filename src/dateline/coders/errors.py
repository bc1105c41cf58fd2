"""What goes wrong between dateline and a language model."""

from __future__ import annotations

from dateline.model.errors import DatelineError, RejectedReport


class NoSuchCoder(DatelineError):
    """A coder that there is none of."""

    code = "DL-M001"
    remedy = "Choose one of those that are named, or install the package that brings it."


class BadAnswers(DatelineError):
    """A file of answers that cannot be read; the line is named."""

    code = "DL-M002"
    remedy = 'Each line must be a JSON object with "key" and "answer", or a line that a batch API wrote.'


class NotAnswered(RejectedReport):
    """A report about which a model would have to be asked, where none may be asked."""

    code = "DL-M003"
    remedy = "Write its prompts with `dateline coder ask`, have them answered, and name the answers with --answers."


class NotUnderstood(RejectedReport):
    """A report to which the model's answer is none, not even after mending."""

    code = "DL-M004"
    remedy = "Ask another model, or take the answer out of the file of answers and ask again."


class NotReached(RejectedReport):
    """A report about which the server of the model gave no answer, however often it was asked."""

    code = "DL-M005"
    remedy = "Run the command again: what was answered is kept, and only the rest is asked."


class NoServer(DatelineError):
    """A model that is to be asked, and no way to ask it: no address, no name, no key, or it is refused."""

    code = "DL-M006"
    remedy = "Give --base-url and --model, and the key in $DATELINE_API_KEY or --key-file; or --offline with --answers."


class OverBudget(RejectedReport):
    """A report that was not asked about, for the money or the tokens are spent."""

    code = "DL-M007"
    remedy = "Raise --budget and run the command again: what was answered is kept."


class BadPrices(DatelineError):
    """A table of prices that cannot be read, or lacks the model."""

    code = "DL-M008"
    remedy = "Write `MODEL: {input: PRICE, output: PRICE}` into it, prices for a million tokens."
