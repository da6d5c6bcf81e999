"""The web server's settings, `-c python:config.gunicorn`, for quickstart and the image alike."""

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
