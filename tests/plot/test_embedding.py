"""A picture that may stand in a page whose policy forbids styles."""

from __future__ import annotations

import re

import safetynet as sn
from safetynet.plot.kit.embedding import embeddable

PLAIN = """<?xml version="1.0"?><svg width="9pt" height="9pt" viewBox="0 0 9 9"><metadata><a id="m"/></metadata>
<defs><style type="text/css">*{stroke-linejoin: round}</style></defs>
<defs><path id="p" d="M 1.23456 2 L 3.999999 0.1"/></defs>
<g id="g"><use xlink:href="#p" style="fill: none; stroke: #123456"/>
<text style="font-family: 'A', &quot;B&quot;">1.23456</text><rect clip-path="url(#p)"/></g></svg>"""


def test_what_was_a_style_is_an_attribute_and_what_is_written_stays_as_it_is():
    made = embeddable(PLAIN, "sn-x", "what it shows")
    assert "style" not in made
    assert 'fill="none" stroke="#123456"' in made
    assert ">1.23456</text>" in made
    assert 'd="M 1.23 2 L 4 0.1"' in made
    assert made.startswith('<svg viewBox="0 0 9 9" stroke-linejoin="round"')
    assert 'aria-label="what it shows"' in made


def test_ids_are_prefixed_where_something_refers_to_them_and_gone_elsewhere():
    made = embeddable(PLAIN, "sn-x", "")
    assert re.findall(r'\sid="([^"]*)"', made) == ["sn-x-p"]
    assert 'xlink:href="#sn-x-p"' in made
    assert 'clip-path="url(#sn-x-p)"' in made


def test_two_pictures_on_one_page_share_no_id():
    case = sn.load_case("worked_example")
    one, other = (sn.plot.svg(sn.plot.network(case, ax=sn.plot.page()), salt) for salt in ("sn-a", "sn-b"))
    ids = [set(re.findall(r'\sid="([^"]*)"', text)) for text in (one, other)]
    assert not ids[0] & ids[1]
    for text, known in zip((one, other), ids, strict=True):
        assert set(re.findall(r'(?:url\(#|href="#)([^)"]*)', text)) <= known
        assert "style" not in text
