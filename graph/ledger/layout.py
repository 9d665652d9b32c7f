"""What the file of a ledger is: its name, its version, the units of its numbers."""

from __future__ import annotations

from typing import Final

#: Name of the file in the directory of a release.
FILE: Final = "ledger.sqlite"
#: Version of the schema and of what is put in it: another one makes a new release of the same documents.
VERSION: Final = 4
#: Units of an amount a euro, and of a confidence of 1.
AMOUNT_UNITS: Final = 10_000
CONFIDENCE_UNITS: Final = 1_000_000
