# One image for web, worker, beat and migrations; the command decides which it is.
FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
COPY requirements/base.txt /tmp/base.txt
RUN /venv/bin/pip install --require-hashes -r /tmp/base.txt

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /srv/var --shell /usr/sbin/nologin caredesk \
    && mkdir -p /srv/caredesk /srv/var /srv/static \
    && chown caredesk: /srv/var /srv/static
COPY --from=build /venv /venv
WORKDIR /srv/caredesk
COPY . .
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    VAR_DIR=/srv/var STATIC_ROOT=/srv/static LOG_FORMAT=json
USER caredesk
# The key is of no use later: it only lets the settings load while the image is built.
RUN SECRET_KEY=build-only python manage.py collectstatic --noinput --verbosity 0
VOLUME ["/srv/var"]
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["python", "-c", \
    "import os, urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:8000/healthz', headers={'Host': 'localhost'}), timeout=2)"]
CMD ["gunicorn", "config.wsgi:application", "--bind", "0.0.0.0:8000", "-k", "gthread", "-w", "2", "--threads", "8", \
    "--no-control-socket", "--timeout", "60", "--graceful-timeout", "30", "--max-requests", "5000", \
    "--max-requests-jitter", "500", "--worker-tmp-dir", "/dev/shm"]
