"""The same job in one process or in many; what comes out is the same, byte for byte."""

from dateline.engines.local import code, code_all, link_all

__all__ = ["code", "code_all", "link_all"]
