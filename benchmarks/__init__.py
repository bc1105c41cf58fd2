"""Benchmarks: commands that print ratios measured side by side on this machine. No test asserts a time."""
