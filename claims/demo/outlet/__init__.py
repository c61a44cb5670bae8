"""A small news site of our own, on this machine: pages, feed, news sitemap, robots.txt.

    with outlet.running() as site:
        print(site.url)     # http://127.0.0.1:…/
        site.alter()        # a quotation on one page now says something else
        site.publish()      # one more article

The *Osterholt Gazette*, its town and its people are invented; its articles were written for
this project.
"""

from .server import ALTERED, Outlet, running

__all__ = ["ALTERED", "Outlet", "running"]
