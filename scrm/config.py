"""Every setting in one typed place, read once from the environment."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field

DEMO_PASSWORD = "snowletter"  # noqa: S105 - of the demo's invented staff; anybody can read it here
PUBLIC_PASSWORDS = frozenset({DEMO_PASSWORD})


class Config(BaseModel):
    """The settings of one process. Each field is read from ``SCRM_<NAME>``, three from their customary names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    database_url: str
    redis_url: str
    secret_key: str = Field(min_length=32, description="Signs tokens and forms; at least 32 characters.")

    var: Path = Path("var")
    public_url: str = Field("http://localhost:8000", description="Where people reach the pages.")
    realtime_url: str = Field("http://localhost:8001", description="Where pages reach Socket.IO.")
    host: str = "127.0.0.1"
    port: int = 8000
    realtime_port: int = 8001
    web_processes: int = 2
    web_threads: int = Field(
        4, description="Pages that each web process works on at once; plays take no thread."
    )
    web_waiting: int = Field(
        100, description="Requests that may wait for such a thread before the rest hears 503."
    )
    plays_per_second: int = Field(
        3000,
        gt=0,
        description="Plays that each web process takes in a second before the rest hears 503.",
    )
    realtime_processes: int = 2
    worker_processes: int = 1
    database_pool: int = 8
    demo: bool = Field(False, description="Demo logins, the SMS inbox page and the style guide are shown.")
    default_locale: Literal["zh", "en"] = "zh"
    brand: str = "雪笺 SNOWLETTER"
    log_level: str = "INFO"
    api_requests_per_minute: int = Field(
        6000, description="Requests to /v1 that one API key has in a minute."
    )
    trusted_proxies: int = Field(0, description="How many proxies in front may set X-Forwarded-*.")

    sms_provider: Literal["inbox", "http"] = "inbox"
    sms_url: str = ""
    sms_token: str = ""
    payment_provider: Literal["sandbox", "http"] = "sandbox"
    payment_url: str = ""
    payment_secret: str = ""

    prize_ceiling_fen: int = Field(
        5_000_000, description="The dearest prize the law allows (China: 50,000 yuan)."
    )
    privacy_version: str = Field(
        "2026-11", description="The version of the privacy terms that members consent to."
    )

    @property
    def secure(self) -> bool:
        """Whether people reach the pages over TLS, so that cookies are kept to it."""
        return self.public_url.startswith("https://")

    @property
    def sends_sms(self) -> bool:
        """Whether codes reach somebody: phones, or in a demo whoever looks at its inbox page."""
        return self.demo or self.sms_provider != "inbox"

    @property
    def refused_passwords(self) -> frozenset[str]:
        """With what nobody may sign in here, since it is public: outside a demo, the demo's own password."""
        return frozenset() if self.demo else PUBLIC_PASSWORDS

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """The settings of this process; says which variable is missing or malformed."""
        customary = {"database_url": "DATABASE_URL", "redis_url": "REDIS_URL", "secret_key": "SECRET_KEY"}
        values = {}
        for name in cls.model_fields:
            variable = customary.get(name, f"SCRM_{name.upper()}")
            if variable in environ:
                values[name] = environ[variable]
        return cls.model_validate(values)
