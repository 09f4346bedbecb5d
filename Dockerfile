# syntax=docker/dockerfile:1
# One image for every part of the many-machine form: web, workers, beat and the release step (see docs/deploy.md).

FROM node:24-slim AS client
WORKDIR /client
COPY static/package.json static/package-lock.json static/.npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund
COPY static/ ./
RUN npm run build

FROM python:3.13-slim AS packages
WORKDIR /install
COPY config/setup/requirements-installer.lock requirements.lock ./
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements-installer.lock \
    && /venv/bin/uv pip install --no-cache --python /venv/bin/python --require-hashes --no-deps --compile-bytecode \
        -r requirements.lock \
    && /venv/bin/uv pip uninstall --python /venv/bin/python uv

FROM python:3.13-slim
RUN useradd --uid 10001 --no-create-home --home-dir /nonexistent kefu \
    && install -d -o kefu -g kefu /data
COPY --from=packages /venv /venv
WORKDIR /kefu
COPY . .
COPY --from=client /client/dist static/dist
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 KEFU_PRODUCTION=1 KEFU_DATA=/data
USER kefu
VOLUME /data
EXPOSE 8000
# Whose forwarding headers are believed Kefu decides itself: KEFU_TRUSTED_PROXIES.
CMD ["uvicorn", "config.asgi:application", "--host", "0.0.0.0", "--port", "8000", "--no-proxy-headers", \
     "--no-server-header", "--no-access-log", "--timeout-graceful-shutdown", "20", "--ws-per-message-deflate", "false"]
