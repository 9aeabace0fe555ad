"""How every long-running process begins: supervised, with its settings, its logs and its database."""

import os

from center_core.kit import Database
from scrm.config import Config
from scrm.environment import complete_environment, var_folder
from scrm.logs import configure_logs
from scrm.supervisor.child import begin


def begin_process(name: str) -> Config:
    complete_environment()
    begin(var_folder())
    config = Config.from_env()
    configure_logs(os.environ.get("SCRM_PROCESS", name), config.log_level)
    return config


def open_database(config: Config, name: str) -> Database:
    return Database(config.database_url, pool_size=config.database_pool, application_name=f"scrm {name}")
