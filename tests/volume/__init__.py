"""Tests of coding and linking in volume: engines, parts, the ledger in bulk."""
