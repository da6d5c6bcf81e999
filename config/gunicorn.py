"""The web server's settings, `-c python:config.gunicorn`, for quickstart and the image alike."""

import gc
import os
import tempfile

from config.logging import LOGGING

worker_class = "gthread"
workers = 1
threads = 8
timeout = 60
graceful_timeout = 8
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else tempfile.gettempdir()  # heartbeats, not on a slow disk
logconfig_dict = LOGGING
accesslog = None  # each request is logged by the application, without who asked


def post_worker_init(worker):
    """What stands by now lives as long as the worker: the collector need not go through it again and again."""
    gc.collect()
    gc.freeze()
