"""An HTML page read strictly: what is opened is closed, in order, and everything in it can be asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "hr", "img", "link", "input"}
"""Elements that are never closed."""
CLOSED_AT_ONCE = {"line", "rect", "circle", "path", "polyline"}


@dataclass
class Element:
    """One start tag, and the text in it and below it."""

    name: str
    attributes: dict[str, str]
    text: str = ""
    below: list[Element] = field(default_factory=list)


class Page(HTMLParser):
    """Everything of a page, in order; anything that is not well-formed fails."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(text)
        self.close()
        assert self._open == [], f"never closed: {[one.name for one in self._open]}"

    def all(self, name: str) -> list[Element]:
        return [one for one in self.elements if one.name == name]

    def one(self, name: str) -> Element:
        (found,) = self.all(name)
        return found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._add(tag, attrs)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in CLOSED_AT_ONCE, f"<{tag}/> is no HTML"
        self._add(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1].name == tag, f"</{tag}> closes <{self._open[-1].name}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"twice the same attribute in <{tag}>"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        for above in self._open:
            above.below.append(element)
        return element


def check_apart(text: str) -> Page:
    """The page, once it is sure that it runs nothing and asks for nothing from anywhere."""
    page = Page(text)
    wrong = {"script", "link", "iframe", "object", "embed", "img", "image", "form", "base", "use", "foreignobject"}
    assert [one.name for one in page.elements if one.name in wrong] == []
    for element in page.elements:
        for name, value in element.attributes.items():
            assert not name.startswith("on"), f"{name} in <{element.name}>"
            assert name not in {"src", "href", "xlink:href", "srcset", "action", "style", "background"}
            assert "://" not in value or name == "xmlns"
    for style in page.all("style"):
        assert "url(" not in style.text
        assert "@import" not in style.text
    return page
