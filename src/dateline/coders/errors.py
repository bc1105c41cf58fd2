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
