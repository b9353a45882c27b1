"""A namespace's own templates of a context's sections: Django's language, and nothing to reach.

Staff of one organization write them, and they run in the process that serves all: so there is no
tag that loads, includes or prints what is not given, no filter that cuts or multiplies a text, no
loop within a loop, no method to call. A template that cannot be used gives way to the usual
section, and the answer says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.template import Context, Engine, TemplateSyntaxError
from django.template.base import FilterExpression, Lexer, NodeList, Parser, Template, VariableNode
from django.template.defaultfilters import register as all_filters
from django.template.defaulttags import ForNode
from django.template.defaulttags import register as all_tags
from django.template.library import Library

from memories.rules import fencing

TAGS = ("comment", "firstof", "for", "if", "templatetag", "with")
# None of them changes a text: a quotation must stay between its marks.
FILTERS = ("default", "default_if_none", "first", "last", "length", "pluralize", "yesno")
# What may follow a dot. None is the name of a method of a text, a list or a mapping.
LINE_NAMES = ("text", "date", "type", "reference", "quoted", "source")
LOOP_NAMES = ("counter", "counter0", "revcounter", "revcounter0", "first", "last")
MOST_VALUES = 60
# So much longer than the usual section may one of its own be.
MOST_TIMES, MOST_MORE = 4, 8_000
# What compiling and rendering raise for what a template asks.
REFUSALS = (TemplateSyntaxError, RecursionError, LookupError, TypeError, ValueError, AttributeError)


class TemplateRefused(ValueError):
    """A template cannot be used; the message says why, for whoever wrote it."""


class SectionTemplates:
    """The templates of one namespace while one context is composed; `degraded` grows by a code for
    each that gave way."""

    def __init__(self, sources: Mapping[str, str], *, person: str, degraded: list[str]) -> None:
        self.sources, self.person, self.degraded = sources, person, degraded

    def render(self, name: str, title: str, lines: Sequence[Mapping[str, Any]]) -> str | None:
        """A section by its own template; None for the usual one."""
        source = self.sources.get(name)
        if source is None:
            return None
        try:
            return _rendered(source, title=title, lines=lines, person=self.person)
        except TemplateRefused:
            code = f"template:{name}"
            if code not in self.degraded:
                self.degraded.append(code)
            return None


def check(source: str) -> None:
    """Raises TemplateRefused with a sentence for whoever wrote it."""
    _compiled(source)


def wrong(sources: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(section, sentence) for each template that could not be used."""
    for name, source in sources.items():
        try:
            check(source)
        except TemplateRefused as refused:
            yield name, str(refused)


def _rendered(source: str, *, title: str, lines: Sequence[Mapping[str, Any]], person: str) -> str:
    template = _compiled(source)
    told = tuple(dict(line) for line in lines)
    context = Context({"title": title, "lines": told, "person": person}, autoescape=False)
    try:
        text = template.render(context)
    except REFUSALS as error:
        raise TemplateRefused(f"It cannot be rendered: {type(error).__name__}.") from None
    usual = sum(len(line["text"]) for line in told)
    if len(text) > MOST_TIMES * usual + MOST_MORE:
        raise TemplateRefused("It writes too much.")
    if not fencing.is_well_fenced(text):
        raise TemplateRefused("It takes a quotation apart.")
    return str(text)


@lru_cache(maxsize=256)
def _compiled(source: str) -> Template:
    try:
        template = _SectionTemplate(source, engine=_engine())
    except REFUSALS as error:
        reason = str(error) if isinstance(error, TemplateSyntaxError) else type(error).__name__
        raise TemplateRefused(f"It is not a template that may be used here: {reason}") from None
    _check_loops(template.nodelist)
    if len(template.nodelist.get_nodes_by_type(VariableNode)) > MOST_VALUES:
        raise TemplateRefused(f"It writes more than {MOST_VALUES} values.")
    return template


def _check_loops(nodes: NodeList) -> None:
    loops = [node for node in nodes.get_nodes_by_type(ForNode) if isinstance(node, ForNode)]
    for loop in loops:
        if str(loop.sequence) != "lines" or len(loop.loopvars) > 1:
            raise TemplateRefused("A loop goes over lines: {% for line in lines %}.")
        # A node finds itself among its own.
        if len(loop.get_nodes_by_type(ForNode)) > 1:
            raise TemplateRefused("A loop stands in another.")


@lru_cache(maxsize=1)
def _engine() -> Engine:
    # Without loaders and libraries; the parser below knows only what is listed above.
    return Engine(loaders=[], libraries={}, autoescape=False, debug=False)


@lru_cache(maxsize=1)
def _library() -> Library:
    library = Library()
    library.tags = {name: all_tags.tags[name] for name in TAGS}
    library.filters = {name: all_filters.filters[name] for name in FILTERS}
    return library


class _SectionParser(Parser):
    """Refuses to compile a value that reaches for more than what is given."""

    def compile_filter(self, token: str) -> FilterExpression:
        found = FilterExpression(token, self)
        values = [found.var, *(value for _, arguments in found.filters for _, value in arguments)]
        for value in values:
            for name in (getattr(value, "lookups", None) or ())[1:]:
                if name not in LINE_NAMES + LOOP_NAMES and not name.isdigit():
                    raise TemplateSyntaxError(f"There is no value {token}.")
        return found


class _SectionTemplate(Template):
    """A template that its own parser reads."""

    def compile_nodelist(self) -> NodeList:
        tokens = Lexer(self.source).tokenize()
        parser = _SectionParser(tokens, {}, [_library()], self.origin)
        return parser.parse()
