"""Until the tests of the findings take them from the builder."""

from tests.builder import from_tables, turned

__all__ = ["from_tables", "turned"]
