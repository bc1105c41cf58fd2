"""Tests of the coders other than the rules."""
