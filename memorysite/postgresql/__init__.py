"""Django's PostgreSQL backend, with psycopg's own loader of timestamps."""
