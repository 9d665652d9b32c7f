"""What may go wrong with a query that passed the screen, as problems: one function a cause."""

import re

from service.problems import Problem

_PLACE = re.compile(r"error at (\d+):(\d+): ?(.*)", re.DOTALL)
_EXPECTED_LENGTH = 200


def syntax(message: str) -> Problem:
    """400 with line and column, as the engine gives them ("error at 1:11: expected one of …")."""
    match = _PLACE.match(message)
    if match is None:
        return Problem(400, "query-syntax", "Erreur de syntaxe SPARQL", message)
    line, column = int(match[1]), int(match[2])
    expected = match[3].replace("expected one of ", "attendu, l'un de ").replace("expected ", "attendu ")
    if len(expected) > _EXPECTED_LENGTH:
        expected = expected[:_EXPECTED_LENGTH].rsplit(",", 1)[0] + " …"
    detail = f"Ligne {line}, colonne {column} : {expected}"
    return Problem(400, "query-syntax", "Erreur de syntaxe SPARQL", detail, line=line, column=column)


def from_worker(error: str, message: str, cap: int) -> Problem:
    """The problem for an X frame of the worker."""
    if error == "syntax":
        return syntax(message)
    if error == "large":
        detail = f"Le résultat dépasse {cap} octets. Ajoutez LIMIT, ou téléchargez les données par /dump/."
        return Problem(422, "result-too-large", "Résultat trop volumineux", detail)
    if error == "network":
        return Problem(403, "service-refused", "SERVICE refusé", "Ce point d'accès n'interroge pas d'autre serveur.")
    if error == "store":
        return damaged(message)
    return Problem(400, "query-failed", "Requête inexécutable", message)


def damaged(reason: str) -> Problem:
    """503: a file of the store cannot be read; no query is to blame."""
    detail = f"L'entrepôt de cette version est abîmé ({reason}). Relancez « delibgraph ingest --fresh »."
    return Problem(503, "store-damaged", "Entrepôt abîmé", detail, {"Retry-After": "60"})


def late(seconds: float) -> Problem:
    """503: killed at its deadline."""
    detail = f"La requête n'a pas abouti en {seconds:g} s. Restreignez-la, ou demandez plus de temps par timeout=."
    return Problem(503, "query-timeout", "Délai dépassé", detail, {"Retry-After": "30"})


def preempted(seconds: float) -> Problem:
    """503: it ran longer than its share while others were waiting."""
    detail = f"Interrompue après {seconds:.1f} s : le serveur est chargé et d'autres requêtes attendent. Réessayez."
    return Problem(503, "query-preempted", "Serveur chargé", detail, {"Retry-After": "10"})


def busy() -> Problem:
    """503: the queue is full, or no process came free in time."""
    detail = "Trop de requêtes SPARQL en attente. Réessayez dans quelques secondes."
    return Problem(503, "queue-full", "Serveur chargé", detail, {"Retry-After": "5"})


def too_many(limit: int) -> Problem:
    """429: this client has as many queries under way as one may."""
    detail = f"Vous avez déjà {limit} requêtes SPARQL en cours. Attendez la réponse de l'une d'elles."
    return Problem(429, "too-many-queries", "Trop de requêtes à la fois", detail, {"Retry-After": "2"}, limit=limit)


def slow(seconds: float) -> Problem:
    """408: the query did not arrive whole in time."""
    detail = f"La requête n'est pas arrivée en entier en {seconds:g} s. Envoyez-la de nouveau."
    return Problem(408, "request-timeout", "Envoi trop lent", detail, {"Connection": "close"})


def lost() -> Problem:
    """503: the process died under the query (memory, a fault of the engine)."""
    detail = "Le processus qui exécutait la requête s'est arrêté, sans doute à court de mémoire. Restreignez-la."
    return Problem(503, "worker-lost", "Requête interrompue", detail, {"Retry-After": "10"})


def stopping() -> Problem:
    """503: the service stops, and the query had all the time that a stop leaves."""
    detail = "Le service s'arrête ou redémarre. Réessayez dans un instant."
    return Problem(503, "service-stopping", "Service en cours d'arrêt", detail, {"Retry-After": "10"})


def no_worker(reason: str) -> Problem:
    """503: no process could be started on the release."""
    return Problem(503, "no-worker", "Service SPARQL indisponible", reason, {"Retry-After": "60"})


def no_room(reason: str) -> Problem:
    """507: the result could not be kept on disk."""
    return Problem(507, "no-room", "Plus de place", f"Le résultat n'a pas pu être conservé ({reason}).")
