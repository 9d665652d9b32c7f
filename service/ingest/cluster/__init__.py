"""Reading and judging on the workers of a dask.distributed cluster; everything else stays in the process of the ingest.

    with connected("tcp://scheduler:8786") as cluster:
        for outcome in cluster.read(tasks, timeout=300): ...      # as service.ingest.pool.run gives them
        for report in cluster.judge(questions): ...               # in the order of the questions

A worker needs delibgraph of the same version and nothing of the data directory: bytes go there, facts come back. The
outcome is that of one machine, whatever happens to workers: what one loses, another does again.
"""

from service.ingest.cluster.cluster import Cluster, connected
from service.ingest.cluster.errors import ClusterError

__all__ = ["Cluster", "ClusterError", "connected"]
