# A second person of a target account turns up at another lane: the line of the whole company comes by itself.
tag pricing demo security
hear Desk: Good morning.
paste MECARD:N:Bennett,Frank;ORG:Northwind Freight;EMAIL:frank.bennett@northwindfreight.example;;
keys 1 tab
hear Lapel: Hello there.
scan 4801
expect trail Northwind Freight: 2 people, 2 talks, pricing; a shows all
keys a
expect layer account
keys j enter
expect layer card
expect focus person Frank Bennett
keys esc a a
expect layer none
# the same person again is no news
scan 4801
expect toast is here
keys a esc
expect layer none
# a card without a company has no page
keys +
keys a
expect layer none
expect toast no company is known on this card
