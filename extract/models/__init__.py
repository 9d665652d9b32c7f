"""Trained models as data files, written by ``python -m training.train``; see ``training/README.md``."""
