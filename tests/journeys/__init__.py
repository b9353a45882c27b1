"""The routes, whole: over HTTP, with a server, a worker and beat of their own."""
