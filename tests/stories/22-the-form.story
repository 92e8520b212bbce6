# A value that can't be right is said in its place, once; nothing is mandatory and nothing typed is lost.
hear Desk: Good morning.
keys e
type Ann Lee
keys tab tab tab
type ann@acme
keys enter
expect layer prompt
keys enter
expect layer none
expect focus person Ann Lee
expect focus email ann@acme
keys e tab tab tab ctrl-u
type ann@acme.example
keys tab
type (415) 555-2671
keys enter
expect layer none
expect focus email ann@acme.example
expect focus phone +14155552671
keys e tab tab tab tab ctrl-u
type 12
keys enter
expect layer prompt
keys esc
expect focus phone +14155552671
