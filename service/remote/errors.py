"""What may go wrong with another store."""

import httpx


class RemoteError(RuntimeError):
    """Another store cannot be reached, or refuses; str() names it and says what to do, in French."""


def unreachable(url: str, error: httpx.HTTPError) -> RemoteError:
    """The store does not answer."""
    reason = str(error) or type(error).__name__
    return RemoteError(f"{url} : l'entrepôt ne répond pas ({reason}). Vérifiez l'adresse et qu'il est démarré.")


def refused(url: str, answer: httpx.Response) -> RemoteError:
    """The store says no."""
    told = " ".join(answer.text.split())[:200]
    remedy = _REMEDIES.get(answer.status_code, "Voir docs/stores.md.")
    return RemoteError(f"{url} : refusé par l'entrepôt ({answer.status_code} {told}). {remedy}")


_REMEDIES = {
    401: "Donnez DELIBGRAPH_STORE_USER et DELIBGRAPH_STORE_PASSWORD.",
    403: "Ce compte n'a pas le droit d'écrire : voir docs/stores.md.",
    404: "Donnez l'adresse du Graph Store Protocol, pas celle de SPARQL : voir docs/stores.md.",
    405: "Donnez l'adresse du Graph Store Protocol d'un entrepôt ouvert en écriture : voir docs/stores.md.",
    413: "L'entrepôt limite la taille des envois : relevez sa limite.",
}
