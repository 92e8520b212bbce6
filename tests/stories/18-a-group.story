# Two badges during one talk are two people of it; the last scan can be put on another card, and one undo takes that back.
hear Desk: Good morning to you both.
scan 4290
paste MECARD:N:Bennett,Frank;ORG:Northwind Freight;EMAIL:frank.bennett@northwindfreight.example;;
expect cards 1
expect focus people 2
keys u
expect focus people 1
keys U
expect focus people 2
# the last scan goes to a card of its own
keys b
expect layer picker
keys enter
expect cards 2
expect focus person Frank Bennett
expect focus account Northwind Freight
expect toast sits here now
keys u
expect cards 1
expect focus people 2
# a card that a scan opened goes with it when the scan is moved
keys - tab
scan 4801
expect cards 2
expect focus person Helen Brooks
keys j b enter
expect cards 1
expect focus people 3
keys u
expect cards 2
# nothing was scanned: the way out is said
show meridian
keys b
expect layer none
expect toast no badge was scanned yet; B types or pastes one
