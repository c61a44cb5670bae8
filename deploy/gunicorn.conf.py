"""How gunicorn serves the desk. The environment variables are listed in docs/settings.md."""

# ruff: noqa: INP001  scripts, not a package

import os

from factcheck.logs import logging_config

bind = os.environ.get("WEB_LISTEN", "0.0.0.0:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 30
keepalive = 5
# A slow leak ends with its process; the jitter keeps the processes from ending at once.
max_requests = 2000
max_requests_jitter = 200
# The heartbeat file of a worker: memory, so that a busy disk never looks like a hung worker.
worker_tmp_dir = "/dev/shm"  # noqa: S108
# The control socket would be written to the home folder, which the image does not have.
control_socket_disable = True
# django-structlog logs each request with its id; gunicorn's own lines take the same form.
accesslog = None
logconfig_dict = logging_config(
    level=os.environ.get("LOG_LEVEL", "INFO").upper(),
    form=os.environ.get("LOG_FORMAT", "json"),
)
logconfig_dict["loggers"] = {
    **logconfig_dict["loggers"],
    "gunicorn.error": {"handlers": [], "propagate": True, "level": "INFO"},
    "gunicorn.access": {"handlers": [], "propagate": True, "level": "WARNING"},
    "environ": {"level": "WARNING"},  # says at each start that there is no .env here
}
