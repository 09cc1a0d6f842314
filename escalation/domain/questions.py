"""Which words sound like a matter for the account executive rather than an escalation (E4)."""

from __future__ import annotations

import re
from typing import Final

#: Beginnings of words, in the languages that clients write in, that speak of money, contracts and licences.
_BEGINNINGS: Final = (
    *("pric", "quot", "invoic", "discount", "renew", "licen", "roadmap", "subscription", "upsell"),
    *("preis", "angebot", "rechnung", "rabatt", "lizenz", "verlänger", "vertrag"),
    *("prix", "tarif", "devis", "factur", "remise", "renouvel", "contrat"),
    *("prijs", "offerte", "korting", "licentie", "verleng"),
    *("precio", "presupuesto", "descuento", "renovaci", "contrato"),
)
_WORDS: Final = re.compile(rf"\b(?:{'|'.join(_BEGINNINGS)})|\b(?:our|the|new) contract\b", re.IGNORECASE)


def sounds_commercial(text: str) -> bool:
    """Whether a text speaks of prices, contracts, renewals, licences or roadmaps.

    It only ever leads to a hint: whoever means an escalation raises it all the same.
    """
    return _WORDS.search(text) is not None
