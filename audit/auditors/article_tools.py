"""Kind ``article_tools``: print and save on every sampled article (RULEBOOK "Print and save")."""

from __future__ import annotations

from audit.context import Context, gap_citations, gap_values
from audit.model import Finding, Value
from audit.posts import Post
from audit.walk import Gap, Seen, Walk, is_download
from pages.capture import Trail
from pages.filelinks import is_file_address
from rubric.model import Leaf


def audit_article_tools(context: Context, leaf: Leaf) -> Finding:
    """Every sampled article must have every tool. One of the period seen without it is enough for no;
    one that was not seen keeps yes from being known."""
    params = leaf.params
    sample = _sample(context, params["sample"], params["fallback"])
    current = any(map(context.counts, sample))
    seen = [post.article for post in sample if post.article]
    lacking = [(article, tool) for article in seen for tool in params["tools"] if not _control(article, tool)]
    unlisted = _unlisted(context, len(sample) < params["sample"], current)
    values: dict[str, Value] = {"sample": len(sample), "seen": len(seen)}
    if lacking and (current or not unlisted):
        article, _ = lacking[0]
        missing: list[str] = sorted({tool for _, tool in lacking})
        values |= {"missing": missing, "without": len({page.position for page, _ in lacking})}
        return context.found(
            leaf, params["no"], "article_tools.missing", values, [article.cite(article.reading.title or "")]
        )
    both = (params["yes"], params["no"])
    gaps = [*context.walk.gaps_at([p.url for p in sample if p.article is None and p.url]), *unlisted]
    if gaps:
        return context.open(
            leaf, "article_tools.unseen", both, {**values, **gap_values(gaps)}, gap_citations(gaps)
        )
    if not sample:
        return context.open(leaf, "article_tools.no_article", both, values)
    evidence = [article.cite(_control(article, tool) or "") for article in seen for tool in params["tools"]]
    return context.found(leaf, params["yes"], "article_tools.all", values, evidence)


def _sample(context: Context, size: int, fallback: int) -> list[Post]:
    """The newest articles of the period; with none in it, the newest of any date."""
    articles = [post for post in context.posts if _is_article(context, post)]
    current = [post for post in articles if context.counts(post)]
    if current:
        return _asked_first(context, current, size)
    return _asked_first(context, [post for post in articles if post.posted and not post.future], fallback)


def _unlisted(context: Context, short: bool, current: bool) -> list[Gap]:
    """What was not read and could change a sample that is ``short``: lists that were cut; and with no
    article of the period in it also lists of which nothing was seen, and undated posts."""
    if not short:
        return []
    walk = context.walk
    trails = [
        trail
        for trail in walk.evidence.trails
        if trail.section not in ("home", "sitemap", "search") and (not current or _lists(walk, trail))
    ]
    undated = [] if current else [post.url for post in context.posts if post.unread and post.url]
    return [*(gap for trail in trails for gap in context.walk.gaps(trail)), *context.walk.gaps_at(undated)]


def _lists(walk: Walk, trail: Trail) -> bool:
    """True when some page of the trail was seen and lists posts."""
    return any(seen.reading.items for seen in walk.pages(trail))


def _asked_first(context: Context, posts: list[Post], size: int) -> list[Post]:
    """The newest ``size`` posts. Among posts of one day those that the crawl asked for come first: it
    sampled as many, and which of one day's it took is chance."""
    ordered = sorted(
        posts, key=lambda post: (-post.posted.toordinal() if post.posted else 0, not _asked(context, post))
    )
    return ordered[:size]


def _asked(context: Context, post: Post) -> bool:
    return any(context.walk.asked(url) for url in post.urls)


def _is_article(context: Context, post: Post) -> bool:
    """True for a post with an article of this portal (a link to a file or to elsewhere has none, nor
    has one that answers with an error body)."""
    if post.article is not None:
        return True
    inside = [url for url in post.urls if context.walk.inside(url) and not is_file_address(url)]
    if not inside:
        return False
    capture = context.walk.file(inside[0])
    return context.walk.at(inside[0]) is None and not (capture and is_download(capture))


def _control(article: Seen, tool: str) -> str | None:
    """The words of the article's control for ``tool`` (``print`` or ``save``)."""
    return article.reading.print_control if tool == "print" else article.reading.save_control
