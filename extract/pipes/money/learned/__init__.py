"""The trained part of the money reader: what an amount is, who pays it, who receives it.

Linear models over words and layout (``training/``), read from a data file; no rule decides here.
"""
