"""The settlement centre: whose sale it was, in postings that add up."""

from .checks import check
from .models import Attribution, OriginSale
from .results import Results, results_by_day, results_by_staff, results_of
from .service import attribute, attribute_all, attribute_return, attributed, attribution_of

__all__ = [
    "Attribution",
    "OriginSale",
    "Results",
    "attribute",
    "attribute_all",
    "attribute_return",
    "attributed",
    "attribution_of",
    "check",
    "results_by_day",
    "results_by_staff",
    "results_of",
]
