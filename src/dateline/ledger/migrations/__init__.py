"""Alembic's migrations: from an empty database to the tables of today, step by step."""
