"""Proof of what was read: original bytes, web archives of them, and time stamps from third parties."""
