"""When things happen in tests unless they say otherwise: a Friday, noon in Shanghai."""

from datetime import UTC, datetime

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
