"""Tests. `python -m tests.golden` rewrites the golden records of the samples: look at the diff, it is a decision."""
