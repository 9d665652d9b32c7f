"""Bodies that are forms, read within bounds: so many bytes, so many seconds."""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qsl

from fastapi import Request

from service.problems import Problem

FORM = "application/x-www-form-urlencoded"
_FIELDS = 200


async def read_form(request: Request, most: int, seconds: float) -> dict[str, str]:
    """The fields of a posted form, the last one of a name. ``most`` bytes, which arrive whole within ``seconds``.

    Raises Problem 400, 408, 413, 415.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise Problem(
            415, "unsupported-media-type", "Type de contenu non pris en charge", f"Envoyez un formulaire ({FORM})."
        )
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.stream():
                body += chunk
                if len(body) > most:
                    raise Problem(
                        413, "too-large", "Demande trop longue", f"Un formulaire tient en {most // 1024} Kio."
                    )
    except TimeoutError as error:
        detail = f"La demande n'est pas arrivée en entier en {seconds:g} s. Envoyez-la de nouveau."
        raise Problem(408, "request-timeout", "Envoi trop lent", detail, {"Connection": "close"}) from error
    try:
        return dict(parse_qsl(bytes(body).decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_FIELDS))
    except ValueError as error:
        raise Problem(400, "bad-request", "Demande mal formée", f"Un formulaire a {_FIELDS} champs au plus.") from error
