"""Attacks: what somebody who wants to break dateline would do, again and again, until the time is up.

`python -m tests.attack` runs them all in ten minutes, `--short` in two; `make attack` and `make attack-short` do that.
Each attack is a function that takes a `Budget` and gives a `Result`; registry.py lists them. A new one is a file here
and a line there.
"""
