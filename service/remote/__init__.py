"""Other stores: a release pushed to one by the Graph Store Protocol, and queries asked of one."""

from service.remote.errors import RemoteError

__all__ = ["RemoteError"]
