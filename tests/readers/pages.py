# ruff: noqa: E501 - markup as sites write it
"""Saved pages of our own making: layouts of news sites as they are found, each with stories of ours and the furniture that
such sites have around and in the middle of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.readers.samples import TITLES, prose

#: Lines of sites that must be in no story.
FURNITURE = (
    "Read More About", "Please enter your comment!", "Please enter your name here", "Save my name, email, and website",
    "Leave a Reply", "Share on Facebook", "Tweet this", "Getty Images", "Photo: Musa Danladi", "File photo of a market",
    "Sign up for our newsletter", "Get the day's headlines", "Most Read", "Seven ways to cook yam", "All rights reserved",
    "By Amina Bello", "Amina Bello covers", "Related stories", "Advertisement", "Subscribe to continue", "We use cookies",
    "Police kill five in unrelated raid", "Posted in", "Tags:", "Follow us on", "Home Politics Sport", "Skip to content",
    "2 min read", "Updated 3 hours ago", "Recommended for you", "Editing by", "What do you think?", "Copy link",
    "has been told to the minister by a reader who comments at some length and with a full stop at the end",
)  # fmt: skip
_OTHER = "<a href='/x'>Police kill five in unrelated raid</a>"
_COMMENT = (
    "<p>All of this has been told to the minister by a reader who comments at some length and with a full stop at the "
    "end, he killed nobody.</p>"
)
_FORM = (
    "<h3>Leave a Reply</h3><form><p>Please enter your comment!</p><p>Please enter your name here</p><label>Save my name, "
    "email, and website in this browser for the next time I comment.</label></form>"
)
_FIGURE = "<figure><img src='a.jpg'><figcaption>File photo of a market. Photo: Musa Danladi/Getty Images</figcaption></figure>"
_NAV = "<nav><ul><li><a href='/'>Home</a></li> <li><a href='/p'>Politics</a></li> <li><a href='/s'>Sport</a></li></ul></nav>"


@dataclass(frozen=True)
class Saved:
    """A saved page: where it is from, its bytes, and the paragraphs of its story."""

    uri: str
    data: bytes
    story: tuple[str, ...]


def saved_pages() -> Iterator[Saved]:
    """Forty of them and more: each layout with four stories."""
    for layout in LAYOUTS:
        for number in range(4):
            story = prose(number + 4 * LAYOUTS.index(layout))
            markup = layout(TITLES[number % 3], story)
            yield Saved(f"https://{layout.__name__[1:]}.example/{number}", markup.encode(), tuple(story))


def _paragraphs(story: list[str], inside: str = "", tag: str = "p", at: int = 2) -> str:
    """Paragraphs, with something in the middle."""
    parts = [f"<{tag}>{p}</{tag}>" for p in story]
    return "".join([*parts[:at], inside, *parts[at:]])


def _page(head: str, body: str, classes: str = "") -> str:
    return (
        f"<!doctype html><html lang='en'><head>{head}<script>var a = '<p>Gunmen killed nine</p>';</script><style>p{{}}"
        f"</style></head><body class='{classes}'><a class='skip-link' href='#m'>Skip to content</a>{body}<div class="
        "'cookie-consent'><p>We use cookies to give you the best experience on our site and to count visitors.</p></div>"
        "</body></html>"
    )


def _wordpress(title: str, story: list[str]) -> str:
    related = f"<div class='jp-relatedposts'><h3>Related stories</h3><p>{_OTHER}</p></div>"
    share = "<div class='sharedaddy'><ul><li><a>Share on Facebook</a></li><li><a>Tweet this</a></li></ul></div>"
    return _page(
        f"<title>{title} - The Review</title><meta property='og:site_name' content='The Review'>",
        f"<header class='site-header'>{_NAV}</header><div id='primary' class='content-area'><main><article class='post "
        f"type-post has-post-thumbnail'><header class='entry-header'><h1 class='entry-title'>{title}</h1><div class="
        "'entry-meta'><span class='byline'>By Amina Bello</span><span class='posted-on'>2 min read</span></div></header>"
        f"<div class='entry-content'>{_paragraphs(story, _FIGURE)}{share}{related}</div><footer class='entry-footer'>Posted "
        f"in <a>News</a> Tags: <a>Kano</a></footer></article><div id='comments' class='comments-area'><ol><li>{_COMMENT}</li>"
        f"</ol><div id='respond'>{_FORM}</div></div></main></div><aside id='secondary' class='widget-area'><section class="
        f"'widget'><h2>Most Read</h2><ul><li><a>Seven ways to cook yam</a></li></ul></section></aside><footer><p>Copyright "
        "2024 The Review. All rights reserved.</p></footer>",
        "single has-sidebar",
    )


def _magazine(title: str, story: list[str]) -> str:
    inline = f"<p><strong>Read More About:</strong> {_OTHER}</p><p>Advertisement</p>"
    return _page(
        f"<meta property='og:title' content='{title}'><meta property='article:published_time' content='2024-05-03T09:00Z'>",
        f"<div class='td-header-menu'>{_NAV}</div><div class='td-container'><div class='td-post-header'><h1>{title}</h1><div "
        f"class='td-post-author-name'>By <a>Amina Bello</a></div></div><div class='td-post-sharing'><a>Share on Facebook</a>"
        f"<a>Tweet this</a></div><div class='td-post-content'>{_FIGURE}{_paragraphs(story, inline)}</div><div class='td-a-rec'>"
        f"<p>Advertisement</p></div><div class='td_block_related_posts'><h4>Recommended for you</h4><p>{_OTHER}</p></div>"
        f"<div class='comments'>{_COMMENT}{_FORM}</div></div>",
    )


def _broadcaster(title: str, story: list[str]) -> str:
    blocks = "".join(
        f"<div data-component='text-block' class='ssrcss-1 e1'><p class='x1'>{p}</p></div>" for p in story[:3]
    )
    rest = "".join(
        f"<div data-component='text-block' class='ssrcss-1 e1'><p class='x1'>{p}</p></div>" for p in story[3:]
    )
    links = f"<div data-component='links-block'><h2>Related stories</h2><ul><li>{_OTHER}</li></ul></div>"
    caption = "<div data-component='image-block'><figure><span>Getty Images</span><figcaption>File photo of a market"
    return _page(
        f"<title>{title}</title>",
        f"<header role='banner'>{_NAV}</header><main id='main-content'><article><header><h1>{title}</h1></header><div data-"
        f"component='byline-block'><div>By Amina Bello</div><div>Updated 3 hours ago</div></div>{caption}</figcaption></figure>"
        f"</div>{blocks}<div data-component='newsletter-block'><h3>Sign up for our newsletter</h3><p>Get the day's headlines "
        f"in your inbox every morning, with all that matters.</p></div>{rest}{links}<section data-component='tag-list'><h2>"
        "More on this story</h2><ul><li><a>Kano</a></li></ul></section></article></main>",
    )


def _agency(title: str, story: list[str]) -> str:
    blocks = "".join(f"<div data-testid='paragraph-{n}' class='text__text__1'>{p}</div>" for n, p in enumerate(story))
    return _page(
        f"<title>{title} | The Agency</title><meta property='og:site_name' content='The Agency'><script type='application/"
        f'ld+json\'>{{"@type": "NewsArticle", "headline": "{title}", "datePublished": "2024-05-03T09:00:00Z"}}'
        "</script>",
        f"{_NAV}<article><h1 data-testid='Heading'>{title}</h1><div class='info-content__author-date'>By Amina Bello</div><div "
        f"class='article-body__content'>{blocks}<p class='sign-off'>Editing by Musa Danladi</p></div><div class='read-next'>"
        f"<h3>Recommended for you</h3>{_OTHER}</div></article>",
    )


def _daily(title: str, story: list[str]) -> str:
    inline = f"<aside class='rich-link'><h3>Read More About Kano</h3>{_OTHER}</aside>"
    ask = "<div class='contributions-epic'><h2>What do you think?</h2></div><div class='submeta'><a>Kano</a></div>"
    return _page(
        f"<title>{title} | World news | The Daily</title><meta name='author' content='Amina Bello'>",
        f"<header>{_NAV}</header><main><div data-gu-name='headline'><h1>{title}</h1></div><div data-gu-name='media'>{_FIGURE}"
        f"</div><address aria-label='Contributor info'>By Amina Bello in Kano</address><div id='maincontent'><div class="
        f"'article-body-commercial-selector'>{_paragraphs(story, inline, at=3)}</div>{ask}</div></main><div class='discussion' "
        f"id='comments'>{_COMMENT}</div>",
    )


def _blog(title: str, story: list[str]) -> str:
    text = "<br><br>".join(story)
    return _page(
        f"<title>{title}</title>",
        f"<div class='navbar section'>{_NAV}</div><div class='main'><div class='post hentry'><h3 class='post-title'>{title}"
        f"</h3><div class='post-body entry-content' itemprop='articleBody'>{text}</div><div class='post-footer'>Posted in News "
        f"<span class='post-labels'>Tags: Kano</span></div></div><div id='comments'>{_FORM}</div></div><div class='sidebar'>"
        "<h2>Follow us on</h2><ul><li>Facebook</li></ul></div>",
    )


def _portal(title: str, story: list[str]) -> str:
    return _page(
        f"<title>{title}</title><meta name='dcterms.date' content='2024-05-03'>",
        f"<div class='region region-header'>{_NAV}</div><div class='node node--type-article'><h1>{title}</h1><div class='field "
        f"field--name-body field__item'>{_paragraphs(story)}</div><div class='field field--name-field-tags'>Tags: Kano</div>"
        f"<div class='addtoany_list'><a>Share on Facebook</a> <a>Copy link</a></div></div><div class='view-related-content'>"
        f"<h2>Related stories</h2><p>{_OTHER}</p></div><footer>All rights reserved</footer>",
    )


def _old(title: str, story: list[str]) -> str:
    return _page(
        f"<title>{title}</title>",
        "<table width='100%'><tr><td width='150'><font size='2'><a href='/'>Home</a><br><a href='/p'>Politics</a><br><a href="
        f"'/s'>Sport</a><br></font></td><td><font size='5'><b>{title}</b></font><p><font size='1'>By Amina Bello</font></p>"
        f"{_paragraphs(story)}<p><a href='/x'>Police kill five in unrelated raid</a></p><p><font size='1'>Copyright 2004 The "
        "Review. All rights reserved.</font></p></td><td width='120'>Most Read<br><a>Seven ways to cook yam</a></td></tr>"
        "</table>",
    )


def _amp(title: str, story: list[str]) -> str:
    share = "<div class='amp-social-share-bar'><amp-social-share type='x'>Tweet this</amp-social-share></div>"
    return _page(
        f"<title>{title}</title><link rel='canonical' href='https://x.example/1'>",
        f"<amp-sidebar id='s'>{_NAV}</amp-sidebar><article class='amp-wp-article'><header><h1>{title}</h1></header>{share}<div "
        f"class='amp-wp-article-content'>{_paragraphs(story, '<amp-ad></amp-ad><p>Advertisement</p>')}</div><footer class="
        "'amp-wp-article-footer'>Leave a Reply</footer></article>",
    )


def _sections(title: str, story: list[str]) -> str:
    halves = f"<section>{_paragraphs(story[:2])}</section><div class='ad-slot'>Advertisement</div><section>"
    return _page(
        f"<title>{title}</title>",
        f"<div id='root'>{_NAV}<div class='s-article'><h1>{title}</h1><div class='author-card'><p>Amina Bello covers the north "
        f"of the country for the paper, and has done so for years.</p></div>{halves}{_paragraphs(story[2:])}</section><div "
        f"class='paywallPrompt'><p>Subscribe to continue reading this and all other stories of ours.</p></div></div></div>",
    )


def _listed(title: str, story: list[str]) -> str:
    credit = "<p class='wp-caption-text'>File photo of a market. Getty Images</p>"
    return _page(
        f"<title>{title} &raquo; Review</title>",
        f"<div id='header'>{_NAV}</div><div id='content'><h2>{title}</h2><p class='date'>May 3, 2024</p><div class='text'>"
        f"{credit}{_paragraphs(story, '<h3>What is known</h3>')}</div><div class='social-buttons'>Follow us on <a>X</a></div>"
        f"<div class='list'><h3>Most Read</h3><ul><li><a>Seven ways to cook yam</a></li><li>{_OTHER}</li></ul></div></div>",
    )


def _modern(title: str, story: list[str]) -> str:
    inline = f"<div class='InlineRelated'><span>Read More About</span>{_OTHER}</div>"
    return _page(
        f"<title>{title}</title><meta property='og:title' content='{title}'>",
        f"<div class='Page-header'>{_NAV}</div><div class='Page-content'><main class='Page-main'><div class='Page-lead'>"
        f"{_FIGURE}</div><div class='Page-byline'>By Amina Bello</div><div class='Page-actions shareBar'><button>Copy link"
        f"</button></div><div class='RichTextStoryBody RichTextBody'>{_paragraphs(story, inline)}<p>(AP Photo/Musa Danladi)</p>"
        f"</div></main><aside class='Page-aside'><h2>Most Read</h2>{_OTHER}</aside></div>",
    )


LAYOUTS: tuple[Callable[[str, list[str]], str], ...] = (
    _wordpress, _magazine, _broadcaster, _agency, _daily, _blog, _portal, _old, _amp, _sections, _listed, _modern,
)  # fmt: skip
