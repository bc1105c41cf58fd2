"""The ways in which an account without a time of its own is dated, for the pass `coding.times`."""
