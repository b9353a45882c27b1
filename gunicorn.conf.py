"""How gunicorn serves the site wherever it is started in this folder; its own flags win."""

import os

# Threads, not the default of one request a process: a chat waits for its model for as long as that
# thinks, and a streamed answer holds its thread to the end. A waiting thread costs little; database
# connections are limited by DATABASE_POOL_MAX, and a chat that waits holds none.
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# More than CHAT_AT_ONCE, so that the slowest model leaves threads for everything else.
threads = 32
