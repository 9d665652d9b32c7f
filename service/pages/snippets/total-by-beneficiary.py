# Python, without any library: who was awarded how much (parts of a total and restated sums are counted once)
import csv
import io
import urllib.request
from collections import Counter
from decimal import Decimal

with urllib.request.urlopen("{base}/queries/flows.csv") as answer:
    flows = list(csv.DictReader(io.TextIOWrapper(answer, encoding="utf-8")))

received = Counter()
for flow in flows:
    received[flow["beneficiary"]] += Decimal(flow["amount"] or 0)

for beneficiary, euros in received.most_common(10):
    print(f"{euros:>15,.2f} €  {beneficiary}")
