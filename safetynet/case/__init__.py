"""The case as written and as read: people, concerns and one chronology, which nothing can change from outside."""

from .case import Case
from .needed import need_case

__all__ = ["Case", "need_case"]
