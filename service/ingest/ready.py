"""Importing this leaves nothing for the first document to load: the process that readers are forked from does.

What is needed to read is loaded and compiled when it is first used, so an act is read: one made up, with all that
acts commonly have.
"""

from importlib.resources import files

from extract import extract_source
from extract.read import read_bytes

_ACT = files("service.ingest").joinpath("ready.txt")

extract_source(read_bytes("ready.txt", _ACT.read_bytes()))
