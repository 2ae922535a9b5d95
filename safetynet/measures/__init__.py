"""The measures: one idea per module. Their names are public at the top of the library."""
