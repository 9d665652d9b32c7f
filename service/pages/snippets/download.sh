# In a terminal: the graph whole, the fundings of one year, a question as JSON
curl --fail --silent --show-error --output delibgraph.nq.gz "{base}/dump/delibgraph.nq.gz"
curl --fail --silent --show-error --output financements.csv "{base}/funding.csv?year=2023"
curl --fail --silent --show-error --output flux.json "{base}/queries/flows.json"
