# Python, without any library: any SPARQL query as rows
import json
import urllib.parse
import urllib.request

query = """
PREFIX dg: <https://w3id.org/delibgraph/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?beneficiary ?amount ?sentence WHERE {
  ?funding a dg:Funding ; dg:status dg:Awarded ; dg:amount ?amount ;
    dg:beneficiary/skos:prefLabel ?beneficiary .
  ?passage dg:supports ?funding ; dg:quote ?sentence .
} ORDER BY DESC(?amount) LIMIT 5
"""
address = "{base}/sparql?" + urllib.parse.urlencode({"query": query})
request = urllib.request.Request(address, headers={"Accept": "application/sparql-results+json"})
with urllib.request.urlopen(request) as answer:
    rows = json.load(answer)["results"]["bindings"]

for row in rows:
    print(row["amount"]["value"], row["beneficiary"]["value"], "–", row["sentence"]["value"])
