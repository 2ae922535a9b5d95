"""Who could have known what, when: the record of a case on a date, where every measure starts."""
