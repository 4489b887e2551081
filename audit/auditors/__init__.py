"""One auditor for each kind of check (RULEBOOK, "Kinds of check"). Adding a kind: a file and a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from audit.auditors.article_tools import audit_article_tools
from audit.auditors.components import audit_components
from audit.auditors.count import audit_count
from audit.auditors.documents import audit_documents
from audit.auditors.links import audit_links
from audit.auditors.manual import audit_manual
from audit.auditors.petitions import audit_petitions
from audit.auditors.presence import audit_presence
from audit.auditors.schedule import audit_schedule
from audit.auditors.search import audit_search
from audit.auditors.service_link import audit_service_link
from audit.context import Context
from audit.model import Finding
from rubric.model import Leaf

Auditor = Callable[[Context, Leaf], Finding]

KINDS: Mapping[str, Auditor] = {
    "count": audit_count,
    "components": audit_components,
    "presence": audit_presence,
    "documents": audit_documents,
    "petitions": audit_petitions,
    "search": audit_search,
    "links": audit_links,
    "article_tools": audit_article_tools,
    "schedule": audit_schedule,
    "service_link": audit_service_link,
    "manual": audit_manual,
}
