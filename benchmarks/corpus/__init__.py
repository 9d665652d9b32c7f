"""Any number of acts in many layouts, with their gold.

::

    python -m benchmarks.corpus DIR --acts N --seed S [--pdf SHARE]

Facts are drawn first (an authority and its council, a séance, one matter or several, who receives what), then a layout
writes them, as secretaries do: ``names.toml``, ``matters.toml`` and ``layouts.toml`` hold every word. No pattern of the
reader was looked at for them. A document depends on the seed and its number alone.
"""
