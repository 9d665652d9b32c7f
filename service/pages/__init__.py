"""The HTML pages: server-rendered, working without JavaScript. ``router`` holds all their routes."""

from fastapi import APIRouter

from service.named import routes as named
from service.pages import (
    data,
    document,
    funding,
    home,
    judging,
    lists,
    picture,
    quality,
    releases,
    report,
    search,
    static,
)

router = APIRouter()
for _module in (
    static,
    home,
    data,
    funding,
    document,
    picture,
    named,
    quality,
    releases,
    report,
    judging,
    search,
    lists,
):
    router.include_router(_module.router)

__all__ = ["router"]
