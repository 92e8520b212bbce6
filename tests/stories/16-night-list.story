# Before the export: what is missing, best first, a card a screen; Tab takes a proposal, Enter goes on, x and z let go.
hear Desk: Hi, my name is Frank Bennett.
hear Desk: I am the head of operations at Northwind Freight.
hear Desk: We lose half of our leads after every event.
keys h
wait 40s
hear Desk: Are the water bottles free too?
wait 40s
scan BEGIN:VCARD\nVERSION:3.0\nFN:Grace Walker\nORG:Blue Harbor Bank\nEMAIL:grace.walker@blueharbor.example\nEND:VCARD
wait 2s
keys N
expect layer night
# the hot one comes first; Tab takes what is proposed, one a time, by quote or rule
expect focus person Frank Bennett
keys tab tab tab
expect focus owner Julian Sands
# what is not proposed is filled in by hand, and the list stays open beneath
keys n
expect layer prompt
type quote fri
keys enter
expect layer night
expect focus due 2026-11-27
keys y
expect focus consent yes
keys enter
# what is left as it is leaves the list by one key, and so does a giveaway hunter: the round goes on by itself
expect focus person Grace Walker
keys z
keys x
expect focus heat swag
expect layer night
keys N
expect layer none
