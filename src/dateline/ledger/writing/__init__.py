"""Writes to a ledger, a file for each kind: reports, their sources, judgements, what holds for all events."""
