"""A page as a PDF, with page numbers in its contents; needs the extra ``pdf``."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from ..errors import ArgumentError, extra

PURPOSE = "a report as PDF"


def as_pdf(page: str, mark: str) -> bytes:
    """A page as PDF, tagged for programs that read aloud, with a mark at its end of what it was made of.

    Raises
    ------
    MissingExtraError
        Without the extra ``pdf``.
    """
    weasyprint = _weasyprint()
    with _quiet():
        made: bytes = weasyprint.HTML(string=page, url_fetcher=_fetch_nothing).write_pdf(pdf_variant="pdf/ua-1")
    return made + f"% {mark}\n".encode()


def need_pdf() -> None:
    """Refuse at once what could not be written at the end."""
    _weasyprint()


def _weasyprint() -> Any:
    try:
        return extra("weasyprint", "pdf", PURPOSE)
    except OSError as error:  # the Python package is there, and the library of the system that it draws with is not
        raise ArgumentError(
            f"{PURPOSE} needs Pango, a library of the system that weasyprint draws with. See 'Installation' in the "
            "documentation of weasyprint, or write the web page and print it from a browser."
        ) from error


def _fetch_nothing(address: str, *_: object, **__: object) -> NoReturn:
    raise ValueError(f"a page asks for nothing, and this one asked for {address!r}")


@contextmanager
def _quiet() -> Iterator[None]:
    """What a style sheet says to browsers alone is no news."""
    logger = logging.getLogger("weasyprint")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)
