"""What each page of the service costs a reader, in a real browser, against budgets: ``make budgets DATA=DIR``.

The pages and what they may cost are data, ``budgets.toml``.
"""
