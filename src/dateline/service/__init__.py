"""The service: the ledger over HTTP (`/api/v1`), and the page that is a client of it."""
