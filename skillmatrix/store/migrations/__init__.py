"""Alembic's scripts: how tables of an earlier version become those of today."""
