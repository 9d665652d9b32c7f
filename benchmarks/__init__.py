"""Measurements of speed; run with ``make bench``."""
