"""The words of the page on which ``/v1`` can be tried: its script speaks English, its readers perhaps Chinese."""

from flask_babel import gettext as _

from center_core.kit import N_

# As the script writes them; the page exchanges them where they stand alone. What the document says stays English.
WORDS = (
    N_("Apply credentials"),
    N_("Authorize"),
    N_("Authorized"),
    N_("Available authorizations"),
    N_("Cancel"),
    N_("Clear"),
    N_("Close"),
    N_("Collapse operation"),
    N_("Copy to clipboard"),
    N_("Controls"),
    N_("Coupons"),
    N_("Curl"),
    N_("Description"),
    N_("Details"),
    N_("Download"),
    N_("Edit Value"),
    N_("Error"),
    N_("Errors"),
    N_("Example Description"),
    N_("Example Value"),
    N_("Examples"),
    N_("Examples:"),
    N_("Execute"),
    N_("Expand operation"),
    N_("Failed to fetch."),
    N_("Failed to load API definition."),
    N_("Goods"),
    N_("header."),
    N_("Headers:"),
    N_("In:"),
    N_("Key"),
    N_("Links"),
    N_("Logout"),
    N_("Media type"),
    N_("Members"),
    N_("Name"),
    N_("Name:"),
    N_("No links"),
    N_("No parameters"),
    N_("No response from server"),
    N_("Parameters"),
    N_("Payments"),
    N_("Remove authorization"),
    N_("Request URL"),
    N_("Request body"),
    N_("Request duration"),
    N_("required"),
    N_("Reset"),
    N_("Response body"),
    N_("Response headers"),
    N_("Responses"),
    N_("Sales"),
    N_("Schema"),
    N_("Send empty value"),
    N_("Server response"),
    N_("Servers"),
    N_("Try it out"),
    N_("Undocumented"),
    N_("Value:"),
)
# Where the script's word means something else in this house.
OTHERWISE = {"Code": N_("Status code"), "Type": N_("Data type")}


def spoken() -> dict[str, str]:
    """What each word is in the reader's language, where that differs."""
    words = {word: str(_(OTHERWISE.get(word, word))) for word in (*WORDS, *OTHERWISE)}
    return {word: said for word, said in words.items() if said != word}
