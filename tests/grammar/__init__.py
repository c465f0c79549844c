"""Pages made by a grammar: heads, datelines, phrases of time, names, quotations, layouts, damage.

Nothing in them is true and little of it makes sense; all of it can stand on a page. They are for
properties that hold on whatever is read, not for measuring how well it is read.
"""

from tests.grammar.pages import MadePage, pages, write

__all__ = ["MadePage", "pages", "write"]
