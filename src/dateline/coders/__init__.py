"""Coders of reports: the rules, a language model with grounded answers, or both, behind one interface."""

from dateline.coders.seam import GROUP, Coder, RulesCoder, coder, coder_names

__all__ = ["GROUP", "Coder", "RulesCoder", "coder", "coder_names"]
