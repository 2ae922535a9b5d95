"""Many cases of a study as flat arrays, made from its tables column by column and not row by row.

A case goes *by column* where every cell of its tables is in the spelling of the case format and nothing in it is wrong,
as far as whole columns can tell; any other goes the ordinary way, through the reader that knows every spelling and says
what is wrong. What has to hold is judged once for each different text of a column:

- headings are ours or clearly none; cells are texts, numbers, dates or truth values;
- ids are their own text without blanks around them, once each, and what refers to them is written exactly so, each id
  once in a cell; an agency that only people name is not called like another one but for capitals and blanks;
- words are of their list, numbers in their range, dates such as the case format or a person may write them; what every
  row needs is there; who a kind of row needs, what it may say and which date comes first are right;
- a case has at most 64 concerns and 64 children.
"""
