"""Pages of outlets that do not exist, in the layouts that real ones use."""

import json


def reflowed(text: str) -> list[str]:
    """Paragraphs that are wrapped here and parted by a blank line."""
    return [" ".join(block.split()) for block in text.split("\n\n")]


#: Paragraphs of an article, some 300 characters each.
PARAGRAPHS = reflowed("""
The harbour of Haverness will stay closed to ferries until the end of April, the port authority
said on Monday, after divers found cracks in two of the four piers that carry the northern quay.
The repair will cost some €14 million, twice what had been set aside for it.

“We should have looked below the water line ten years ago,” harbour master Piet Hollander told
reporters. “Nobody wanted to hear what it would cost.” He said that 85% of the traffic could be
moved to the southern quay, and that the rest would have to go by way of Tolleby.

The ferry company Senn Lines called the closure a disaster for the islands. Its director, Minna
Aalto, said that the company was losing €40,000 a day and would ask the city for compensation.
“We were told in January that the piers were sound,” she said.

The mayor's office denied that. In a written statement it said that the report of January had
named the cracks on page 12, and that the company had received the report in the same week as
everybody else. The council will discuss the matter on Thursday evening.

Fishermen said they were used to it. “The quay has been falling down since my father's time,”
said Jory Tamm, who has landed his catch in Haverness for thirty years. He now sails to Tolleby,
which takes two hours longer, and sells to a dealer who pays less.

The port authority expects divers to finish their survey of the two other piers within ten days.
Should they be damaged as well, the northern quay would have to be closed altogether, the
authority said, and the fish market would have to move before the summer.

A spokeswoman of the ministry in the capital said that money for harbours had been voted for the
coming year, and that Haverness was free to apply for it like all the others. So far no
application had been received, she added, although the ministry had asked for one twice.
""")
TITLE = "Haverness harbour closed until April"


def paragraphs(count: int) -> str:
    """The first paragraphs, as a page has them."""
    return "\n".join(f"<p>{text}</p>" for text in PARAGRAPHS[:count])


def json_ld(**values: object) -> str:
    """A block of data about the article."""
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, **values}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def locked(selector: str = "") -> str:
    """Data that says that the article, or a part of it, is not free."""
    part = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": selector}
    return json_ld(isAccessibleForFree="False", **({"hasPart": part} if selector else {}))


def outlet(body: str, *, head: str = "", after: str = "") -> str:
    """A page with a menu, a footer and offers in both, as outlets that sell subscriptions have."""
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{TITLE} | The Harbour Post</title><meta property="og:site_name" content="The Harbour Post">
{head}</head><body>
<header class="masthead"><a href="/">The Harbour Post</a>
<a class="btn" href="/subscribe">Subscribe for €1</a> <a href="/login">Sign in</a>
<nav><ul><li><a href="/city">City</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>
<main><article><h1>{TITLE}</h1><div class="byline">By Oona Marlowe</div>
{body}
</article>{after}</main>
<footer><p>Subscribe to continue reading us in print. Already a subscriber? Sign in.</p>
<p>© 2026 The Harbour Post. All rights reserved.</p></footer></body></html>"""


def sloppy(body: str) -> str:
    """A page without any of the elements that tell its parts: tables, divs and breaks."""
    text = body.replace("<p>", "").replace("</p>", "<br><br>")
    return f"""<html><head><title>{TITLE}</title></head><body><table><tr><td width=150>
<a href=/>Home</a><br><a href=/subscribe>Subscribe</a></td></tr></table>
<div id="c"><h1>{TITLE}</h1><div>{text}</div></div></body></html>"""


NEWSLETTER = """<div class="newsletter-box"><h3>The Morning Tide</h3>
<p>Sign up for our daily newsletter and get the harbour news in your inbox.</p>
<form><input type="email"><button>Subscribe</button></form></div>"""

#: Pages whose article ends at a wall: name → HTML.
WALLED = {
    # what the data says, with the part that is missing
    "data-with-empty-part": outlet(
        paragraphs(2) + '<div class="paywall"></div>', head=locked(".paywall")
    ),
    # the part named in the data is not even there
    "data-without-its-part": outlet(paragraphs(2), head=locked(".article-body--locked")),
    # data alone, and a short text
    "data-alone": outlet(paragraphs(1), head=locked()),
    # a tier in a meta tag
    "meta-tier": outlet(
        paragraphs(2), head='<meta property="article:content_tier" content="locked">'
    ),
    # a named box, in words
    "named-box": outlet(
        paragraphs(3)
        + """<div class="c-paywall-offer"><h2>Subscribe to continue reading</h2>
        <p>Unlimited access from €1 a month.</p><a href="/offer">See the offers</a></div>"""
    ),
    # words alone, after two paragraphs, no name, no data
    "words-alone": outlet(
        paragraphs(2)
        + "<div><b>This article is for subscribers only.</b> <a href=/s>Join now</a></div>"
    ),
    # registration, without money
    "registration": outlet(
        paragraphs(2)
        + """<section id="regwall"><h3>Create a free account to keep reading</h3>
        <button>Register</button></section>"""
    ),
    # a meter that is used up
    "meter": outlet(
        paragraphs(1)
        + """<div class="meter-message"><p>You have reached your limit of free articles this
        month.</p><p>Already a subscriber? <a href="/login">Log in</a></p></div>"""
    ),
    # the wall outside the article, after a faded teaser
    "wall-beside-article": outlet(
        paragraphs(2),
        after="""<div class="subscription-wall"><p>To continue reading, subscribe for €1 a month.
        </p></div>""",
    ),
    # German
    "german": outlet(
        "<p>Der Hafen von Haverness bleibt bis Ende April für Fähren geschlossen, teilte die "
        "Hafenbehörde am Montag mit. Taucher hatten an zwei Pfeilern Risse gefunden.</p>"
        '<div class="paywall-box"><p>Dieser Artikel ist nur für Abonnenten.</p>'
        "<p>Sie haben bereits ein Abo? Anmelden</p></div>"
    ),
    # French
    "french": outlet(
        "<p>Le port de Haverness restera fermé aux ferries jusqu'à la fin du mois d'avril, a "
        "annoncé lundi l'autorité portuaire, après la découverte de fissures.</p>"
        "<p>Il vous reste 82 % de cet article à lire. La suite est réservée aux abonnés.</p>"
    ),
    # nothing but tables and divs
    "sloppy": sloppy(
        paragraphs(2) + "<b>You've reached your limit of free articles.</b> <a href=/s>Offers</a>"
    ),
    # several objects, and the word "false" for the page
    "graph": outlet(
        paragraphs(1),
        head="""<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "Post"},
        {"@type": "WebPage", "isAccessibleForFree": "false"},
        {"@type": "NewsArticle", "headline": "x"}]}</script>""",
    ),
}

#: Pages that are whole, although they speak of subscriptions: name → HTML.
FREE = {
    # offers in the frame of the page alone
    "frame": outlet(paragraphs(7)),
    # a brief item, with the same frame
    "brief": outlet(paragraphs(1)),
    # a newsletter in the middle
    "newsletter": outlet(paragraphs(2) + NEWSLETTER + paragraphs(7)),
    "newsletter-in-a-brief": outlet(paragraphs(2) + NEWSLETTER),
    # an offer after a whole article, in a box that is called a wall
    "offer-after-the-end": outlet(
        paragraphs(7)
        + '<div class="paywall-promo"><p>Subscribe to continue reading every day for €1.</p></div>'
    ),
    # data that is true
    "data-free": outlet(paragraphs(2), head=json_ld(isAccessibleForFree=True)),
    # not free, says the data, and the part came with the page
    "data-locked-but-there": outlet(
        paragraphs(1) + f'<div class="paywall">{paragraphs(7)}</div>', head=locked(".paywall")
    ),
    # a wall that a script shows, after some articles, on a brief item
    "hidden-meter": outlet(
        paragraphs(2)
        + """<div class="meter-modal" style="display: none"><p>You have reached your limit of free
        articles.</p></div><div aria-hidden="true"><p>Subscribe to continue reading</p></div>"""
    ),
    # another article's label
    "related-labels": outlet(
        paragraphs(2),
        after="""<aside class="related-articles"><h2>More from us</h2><ul><li><a href=/x>Fish prices
        rise</a> <span>Subscribers only</span></li></ul></aside>""",
    ),
    # an article about walls: the words are quoted, and told
    "about-walls": outlet(
        "<p>The Tolleby Times has put up a wall. “Subscribe to continue reading,” its pages have "
        "said since Monday, after one article a month.</p><p>Readers will have to subscribe to "
        "continue reading, editor Bram Ostler said, because advertising no longer pays for "
        "printing. He called the price of €1 a week fair.</p>"
    ),
    # a union's press release that asks for members
    "membership": outlet(
        paragraphs(2) + "<p>Become a member of the dockers' union today and pay nothing until "
        "May.</p>"
    ),
    # tables and divs
    "sloppy": sloppy(paragraphs(5)),
    # the terms of a ministry, with accounts and logging in
    "ministry": outlet(
        "<p>From Monday citizens sign in to the tax portal with their new card, the ministry "
        "said. To read the form, log in with your old account until the end of May.</p>"
        "<p>The ministry has sent out 1.2 million cards so far, a spokesman said.</p>"
    ),
    # a comment in the section below that complains
    "complaining-comment": outlet(
        paragraphs(3),
        after="""<section class="comments"><p>Why does it always say you have reached your limit of
        free articles? Subscribe to continue reading, my foot.</p></section>""",
    ),
}
