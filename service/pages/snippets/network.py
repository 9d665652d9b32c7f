# Python with networkx: the same network as for Gephi
import io
import urllib.request

import networkx

with urllib.request.urlopen("{base}/dump/reseau.graphml") as answer:
    network = networkx.read_graphml(io.BytesIO(answer.read()))

for body, degree in sorted(network.degree(), key=lambda pair: -pair[1])[:5]:
    print(degree, network.nodes[body].get("label", body))
