# One image for web, worker, beat and migrate; which of them it is says the command.
ARG PYTHON_IMAGE=python:3.11-slim

# --- builder: the pinned requirements in a virtual environment, with their hashes checked ----
FROM ${PYTHON_IMAGE} AS builder
COPY requirements/runtime.txt /build/runtime.txt
# No pip in the environment itself: nothing can be installed into a running container.
RUN python -m venv --without-pip /opt/venv \
    && python -m pip --python /opt/venv/bin/python install --no-cache-dir --require-hashes \
        --no-deps --only-binary :all: --requirement /build/runtime.txt

# --- runtime: that environment and the code, read by a user who owns nothing but the media ----
FROM ${PYTHON_IMAGE} AS runtime
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="factcheck" \
    org.opencontainers.image.description="A claim and quote fact-tracking database" \
    org.opencontainers.image.version="${VERSION}" \
    org.opencontainers.image.revision="${REVISION}"
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=factcheck.settings \
    VAR_DIR=/app/var \
    MEDIA_ROOT=/srv/media
RUN groupadd --gid 10001 desk \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent \
        --shell /usr/sbin/nologin desk \
    && install -d -o desk -g desk -m 0750 /srv/media
WORKDIR /app
COPY --from=builder /opt/venv /opt/venv
COPY manage.py ./
COPY deploy deploy
COPY factcheck factcheck
COPY claims claims
# The settings refuse to start without a key; this one lives for the length of the command.
RUN python -m compileall -q manage.py deploy factcheck claims \
    && SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
        python manage.py collectstatic --noinput
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 \
    CMD ["python", "deploy/healthcheck.py", "web"]
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "factcheck.wsgi"]
