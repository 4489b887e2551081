"""ASP.NET Web Forms: pages with a view state; their pagers post back, which :mod:`pages.paging` reads."""

from __future__ import annotations

from pages.cms import Profile
from pages.cms.marks import holds

PROFILE = Profile("aspnet", lambda page: holds(page, "__VIEWSTATE", "__doPostBack("))
