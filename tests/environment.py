"""The tests' own settings, loaded as an early plugin, before Django reads its settings.

Nothing of this machine's ``.env`` may colour a test. With DATABASE_URL in the environment the
tests run on that server, without it on the embedded one.
"""

import os

os.environ.update(
    ENV_FILE="",
    DEBUG="0",
    SECRET_KEY="a-secret-key-for-the-tests-alone-0123456789-abcdefghijklmnop",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    HTTPS_ONLY="0",
    LOG_LEVEL="WARNING",
    CELERY_BROKER_URL="filesystem://localhost//",
    # The servers of the tests are asked as fast as they answer.
    FETCH_HOST_SECONDS="0",
)
