"""Who codes a report: the rules, a language model whose answers are grounded, or both; behind one seam."""

from dateline.coders.seam import GROUP, Coder, RulesCoder, coder, coder_names

__all__ = ["GROUP", "Coder", "RulesCoder", "coder", "coder_names"]
