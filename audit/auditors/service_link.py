"""Kind ``service_link``: a link to the public-service portals (their own health is no unit's fault)."""

from __future__ import annotations

from audit.context import Context
from audit.model import Finding
from audit.walk import on_host
from pages.capture import Trail
from rubric.model import Leaf


def audit_service_link(context: Context, leaf: Leaf) -> Finding:
    """Yes when the home page or a page of the section links to one of the hosts; no only when all of
    them were seen."""
    params = leaf.params
    pages = [*context.walk.home(), *(seen for _, seen in context.section_pages(params["sections"]))]
    for seen in pages:
        for link in seen.reading.links:
            if on_host(link.url, params["hosts"]):
                values = {"url": link.url, "label": link.label}
                return context.found(
                    leaf, params["yes"], "service_link.found", values, [seen.cite(link.label)]
                )
    cover = context.walk.cover(params["sections"])
    outside = [trail for trail in cover.external if _leads_to(context, trail, params["hosts"])]
    if outside and pages:
        values = {"url": outside[0].url, "label": outside[0].label}
        return context.found(
            leaf, params["yes"], "service_link.found", values, [pages[0].cite(outside[0].label)]
        )
    # An entry that leads to some other place outside was seen: it leads to none of the hosts.
    if cover.gaps or cover.frame_gaps:
        return context.unseen(leaf, cover, (params["yes"], params["no"]))
    return context.found(leaf, params["no"], "service_link.none", {}, context.absence(cover))


def _leads_to(context: Context, trail: Trail, hosts: list[str]) -> bool:
    return any(on_host(url, hosts) for url in context.walk.targets(trail))
