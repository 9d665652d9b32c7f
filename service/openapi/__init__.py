"""The service's addresses described for programs (OpenAPI 3.1, /openapi.json) and for people (/api)."""
