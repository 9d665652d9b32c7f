"""The SPARQL 1.1 Protocol endpoint: queries of strangers, run in sandboxed processes that can be killed."""
