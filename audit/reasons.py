"""The words of every reason: what was found, and what would settle it or what the unit can do.

Texts are English sources for the catalogs, with ``{fields}`` filled from a finding's values. Reason
codes are ``<kind>.<what>``; :data:`WHY` words the causes for which something was not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from audit.model import Finding, Value


class Reason(NamedTuple):
    """``says`` words the finding, ``advice`` what would settle it or win the points ("" when nothing
    is to be done)."""

    says: str
    advice: str = ""


_SETTLE = "Read {where} again when it answers, or let a person look and decide."

REASONS: Mapping[str, Reason] = {
    "unit.unreached": Reason(
        "The portal was never reached: {where} ({why}).",
        "Crawl again when the portal answers; a portal that is down on 3 nights is for a person to decide.",
    ),
    "count.items": Reason(
        "{count} items dated in the period.", "Post {more} more items of this section for the next level."
    ),
    "count.no_section": Reason(
        "The portal has no such section, and no item of it.",
        "Open the section in the menu and post {more} items in it.",
    ),
    "count.unseen": Reason("{count} items seen, but {where} was not read ({why}).", _SETTLE),
    "count.unread_dates": Reason(
        "{count} items dated in the period and {unread} more whose date was not seen: {where} ({why}).",
        _SETTLE,
    ),
    "components.all": Reason("All {parts} parts are shown."),
    "components.some": Reason("{found} of {parts} parts are shown; missing: {missing}.", "Add: {missing}."),
    "components.none": Reason("None of the {parts} parts is shown.", "Add: {missing}."),
    "components.no_section": Reason(
        "The portal has no such section, and none of the {parts} parts is shown.",
        "Open the section and add: {missing}.",
    ),
    "components.unseen": Reason("{found} of {parts} parts seen, but {where} was not read ({why}).", _SETTLE),
    "presence.found": Reason("The section holds content: {where}."),
    "presence.external": Reason("The section leads to an official portal: {url}."),
    "presence.recent": Reason("The newest content of the section is dated {newest}."),
    "presence.too_old": Reason(
        "The newest content of the section is dated {newest}, before {oldest}.",
        "Post content dated {oldest} or later.",
    ),
    "presence.undated": Reason(
        "The section holds content, but nothing in it states a date: {where}.",
        "A person can look whether it is recent; state the date of posting beside it.",
    ),
    "presence.empty": Reason("The section is there, but holds nothing.", "Fill the section."),
    "presence.no_section": Reason(
        "The portal has no such section.", "Open the section in the menu and fill it."
    ),
    "presence.unseen": Reason("Nothing was seen, but {where} was not read ({why}).", _SETTLE),
    "documents.full": Reason(
        "{records} documents of the period, the unit's own {own} complete and on time, with a search tool."
    ),
    "documents.partial": Reason(
        "{records} documents of the period; late {late}, incomplete {incomplete}, without a file that"
        " downloads {no_file}; document search: {search}. {at_fault}",
        "Complete the records named, repair their files, post on time, and offer a document search.",
    ),
    "documents.none": Reason(
        "No document was posted in the period.", "Post the period's documents before it closes."
    ),
    "documents.no_section": Reason(
        "The portal has no section of documents.", "Open the section and post the period's documents."
    ),
    "documents.undetermined": Reason(
        "The level depends on {undetermined} documents that cannot be judged: {in_doubt}",
        "State the date of posting beside each document, or let a person decide; nightly crawls bound it.",
    ),
    "documents.unseen": Reason("{records} documents seen, but {where} was not read ({why}).", _SETTLE),
    "petitions.on_time_share": Reason(
        "{on_time} of {due} due petitions answered on time; late {late}, unanswered {unanswered}.",
        "Answer each petition within its limit; answer the overdue ones now.",
    ),
    "petitions.none_due": Reason("No petition fell due in the period."),
    "petitions.undetermined": Reason(
        "The level depends on {undetermined} petitions whose dates, answer or addressee cannot be told.",
        "State date of receipt, addressee and date of answer for each petition. A person can decide.",
    ),
    "petitions.unseen": Reason(
        "{on_time} of {due} due petitions seen answered on time, but {where} was not read ({why}).", _SETTLE
    ),
    "schedule.found": Reason("A schedule covers {from} to {to}."),
    "schedule.none": Reason(
        "No schedule covers any day from {first} to {last}.",
        "Post a schedule of days from {first} to {last}.",
    ),
    "schedule.no_section": Reason(
        "The portal has no section of schedules.", "Open the section and post the week's schedule."
    ),
    "schedule.unread_range": Reason(
        "A schedule was posted, but the days it covers could not be read: {title}.",
        "A person can look; put the days it covers into its title.",
    ),
    "schedule.unseen": Reason("No schedule was seen, but {where} was not read ({why}).", _SETTLE),
    "search.works": Reason("The search finds a known item, and nothing for a nonsense word."),
    "search.misses": Reason(
        "The search does not bring back the item for its own words: {phrase}.", "Repair the portal's search."
    ),
    "search.finds_nonsense": Reason(
        "The search brings results for a nonsense word ({nonsense}): {found}.",
        "Make the search return only what matches.",
    ),
    "search.none": Reason("The portal has no search.", "Offer a search over the whole portal."),
    "search.script_only": Reason(
        "The search runs in scripts only; a browser is needed to try it.", "A person can try it and decide."
    ),
    "search.not_probed": Reason(
        "There is a search, but it was not tried.", "Crawl again; a person can try it and decide."
    ),
    "search.unseen": Reason("The search's answer was not read: {where} ({why}).", _SETTLE),
    "links.all": Reason("All required groups of links are there ({linked} of {required})."),
    "links.missing": Reason(
        "Required links are missing or outdated ({linked} of {required} there): {missing}.",
        "Put these links, with their current addresses, on the home page: {missing}.",
    ),
    "links.register_unsure": Reason(
        "The register knows too few addresses of {groups} to require links to them.",
        "Confirm the addresses in the register, or let a person decide.",
    ),
    "links.unseen": Reason("The home page was not read: {where} ({why}).", _SETTLE),
    "article_tools.all": Reason("Print and save are on all {sample} sampled articles."),
    "article_tools.missing": Reason(
        "{without} of {seen} sampled articles lack: {missing}.", "Add to every article: {missing}."
    ),
    "article_tools.no_article": Reason(
        "No article was seen, so its tools cannot be judged.", "Post an article, or let a person decide."
    ),
    "article_tools.unseen": Reason(
        "{seen} of {sample} sampled articles were read; not {where} ({why}).", _SETTLE
    ),
    "service_link.found": Reason("Links to the public-service portal: {url}."),
    "service_link.none": Reason(
        "No link to a public-service portal.",
        "Link to the public-service portal from the menu or the section.",
    ),
    "service_link.unseen": Reason("No link was seen, but {where} was not read ({why}).", _SETTLE),
    "manual.decide": Reason("A person decides this one. {note}", "Let a person decide."),
}

_FAILED = Reason("The check itself failed ({error}).", "Report this to the maintainers; a person can decide.")

WHY: Mapping[str, str] = {
    "timeout": "no answer in time",
    "dns": "the address does not resolve",
    "refused": "the connection was refused, or a rule forbids it",
    "reset": "the connection broke off",
    "tls": "the secure connection failed",
    "robots": "the portal's robots.txt forbids it",
    "unsafe_address": "it leads to a private address",
    "too_big": "it is larger than the limit",
    "off_scope": "it leads outside the portal",
    "no_answer": "no answer came",
    "bot_wall": "it hides behind a bot check",
    "maintenance": "it says it is under maintenance",
    "cut": "the answer was cut short",
    "unreadable": "the answer could not be read",
    "unread": "no page came back",
    "not_fetched": "it was not fetched",
    "external": "the menu leads outside the portal",
    "capped": "a limit of the crawl was reached",
    "failed": "a page of it failed",
    "no_home": "the home page was not seen",
    "no_menu": "no menu was found on the home page",
    "box_only": "only a box of it shows the section, without a link to the section's list",
    "province_unreached": "the province's portal was not reached",
}

_HTTP = "http_"
HTTP_STATUS = "it answered with error {status}"

# Parts of components, tools, groups of links and faults of records, as values name them.
CODES: Mapping[str, str] = {
    "structure": "organisation chart",
    "functions": "functions and powers",
    "subordinate_units": "subordinate units",
    "address": "address",
    "phone": "phone",
    "fax": "fax",
    "email": "e-mail",
    "official_email": "official e-mail",
    "full_name": "full name",
    "position": "position",
    "workplace": "workplace",
    "catalogue": "catalogue of information",
    "form": "form of publication",
    "time": "time of publication",
    "time_limit": "time limit",
    "apparatus": "apparatus",
    "boundary_map": "boundary map",
    "leaders": "leaders",
    "print": "print",
    "save": "save",
    "province": "the province",
    "government": "the Government",
    "departments": "departments",
    "communes": "communes",
    "late": "late",
    "file": "file",
    "number": "number",
    "type": "type",
    "issuer": "issuer",
    "issued": "date of issue",
    "effective": "effective date",
    "abstract": "abstract",
    "posted": "date of posting",
}


def reason_of(code: str) -> Reason:
    """The reason of a code; ``<kind>.failed`` is the audit's own failure. Raises KeyError for others."""
    return _FAILED if code.endswith(".failed") else REASONS[code]


def words_of(finding: Finding, translate: Callable[[str], str] = str) -> str:
    """What the finding says, filled in; ``translate`` gives a source text in the reader's language."""
    return _filled(reason_of(finding.reason_code).says, finding.values, translate)


def advice_of(finding: Finding, translate: Callable[[str], str] = str) -> str:
    """What would settle the finding or win its points, filled in; "" when there is nothing to say."""
    advice = reason_of(finding.reason_code).advice
    return _filled(advice, finding.values, translate) if advice else ""


def _filled(template: str, values: Mapping[str, Value], translate: Callable[[str], str]) -> str:
    shown = {name: _shown(name, value, translate) for name, value in values.items()}
    return translate(template).format(**shown).strip()


def _shown(name: str, value: Value, translate: Callable[[str], str]) -> str:
    if isinstance(value, list):
        shown = [_worded(each, translate) for each in value]
        return ("; " if any("," in each for each in shown) else ", ").join(shown)
    if isinstance(value, bool):
        return translate("yes") if value else translate("no")
    if name == "why" and str(value).startswith(_HTTP):
        return translate(HTTP_STATUS).format(status=str(value).removeprefix(_HTTP))
    if name == "why":
        return translate(WHY.get(str(value), str(value)))
    return "-" if value is None else str(value)


def _worded(told: str, translate: Callable[[str], str]) -> str:
    """A code, or a record's name with its codes ("12/QĐ: late, file"), in words; names stay as they are."""
    name, colon, codes = told.rpartition(": ")
    if told in CODES or not colon:
        return translate(CODES[told]) if told in CODES else told
    words = [translate(CODES[code]) if code in CODES else code for code in codes.split(", ")]
    return f"{name}: {', '.join(words)}"
