"""The settlement centre: whose sale it was, in postings that add up."""

from .checks import check
from .models import Attribution, OriginSale
from .service import Results, attribute, attribute_return, attributed, attribution_of, results_of

__all__ = [
    "Attribution",
    "OriginSale",
    "Results",
    "attribute",
    "attribute_return",
    "attributed",
    "attribution_of",
    "check",
    "results_of",
]
