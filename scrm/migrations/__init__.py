"""Alembic migrations, numbered; forward-safe, never edited once landed."""
