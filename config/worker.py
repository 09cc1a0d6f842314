"""The worker of an embedded run: Celery's threads and the timetable's bell in one process.

The bell is a thread of the worker, so that killing the process never leaves a second bell behind.
"""

import warnings

from celery.beat import EmbeddedService, Scheduler
from celery.platforms import SecurityWarning
from celery.signals import worker_ready, worker_shutting_down

from config.celery import app

THREADS = 4


def main() -> int:
    """Run until SIGTERM; gives the worker's exit code."""
    warnings.filterwarnings(
        "ignore", category=SecurityWarning
    )  # a demo in a container runs as root; no pickle here
    bell = EmbeddedService(app, thread=True, scheduler_cls=Scheduler)

    def ring(**_: object) -> None:
        bell.start()

    def hush(**_: object) -> None:
        bell.stop()

    worker_ready.connect(ring, weak=False)
    worker_shutting_down.connect(hush, weak=False)
    worker = app.Worker(
        pool="threads",
        concurrency=THREADS,
        loglevel="WARNING",
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
        quiet=True,
    )
    worker.start()
    return int(worker.exitcode or 0)


if __name__ == "__main__":
    raise SystemExit(main())
