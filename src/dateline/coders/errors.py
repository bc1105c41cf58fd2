"""Errors of coders and of language models."""

from __future__ import annotations

from dateline.model.errors import DatelineError
from dateline.model.rejections import RejectedReport


class NoSuchCoder(DatelineError):
    """There is no coder of this name."""

    code = "DL-M001"
    remedy = "Choose one of those that are named, or install the package that brings it."


class BadAnswers(DatelineError):
    """A file of answers that cannot be read; the line is named."""

    code = "DL-M002"
    remedy = 'Each line must be a JSON object with "key" and "answer", or a line that a batch API wrote.'


class NotAnswered(RejectedReport):
    """A report for which an answer is missing, while no model may be asked (`--offline`)."""

    code = "DL-M003"
    remedy = "Write its prompts with `dateline coder ask`, have them answered, and name the answers with --answers."


class NotUnderstood(RejectedReport):
    """A report for which the model's answer cannot be read, not even after mending."""

    code = "DL-M004"
    remedy = "Ask another model, or take the answer out of the file of answers and ask again."


class NotReached(RejectedReport):
    """A report for which the model's server gave no answer in all tries."""

    code = "DL-M005"
    remedy = "Run the command again: what was answered is kept, and only the rest is asked."


class NoServer(DatelineError):
    """A model that cannot be asked: its address, name or key is missing, or the server refuses."""

    code = "DL-M006"
    remedy = "Give --base-url and --model, and the key in $DATELINE_API_KEY or --key-file; or --offline with --answers."


class OverBudget(RejectedReport):
    """A report that was not asked about, because the budget of money or tokens is spent."""

    code = "DL-M007"
    remedy = "Raise --budget and run the command again: what was answered is kept."


class BadPrices(DatelineError):
    """A table of prices that cannot be read, or lacks the model."""

    code = "DL-M008"
    remedy = "Write `MODEL: {input: PRICE, output: PRICE}` into it, prices for a million tokens."
