# A pasted card, a typed id and an unknown id all seat somebody; the account is told by the address.
paste MECARD:N:Bennett,Frank;ORG:Northwind Freight;EMAIL:frank.bennett@northwindfreight.example;;
expect cards 1
expect focus person Frank Bennett
expect focus account Northwind Freight
keys - +
expect cards 2
keys B
type 4290
keys enter
expect focus person Peter Walker
expect focus title Marketing Manager
expect focus badge 004290
expect focus account Cedar Hill Foods
keys - +
scan 999777
expect focus badge 999777
expect toast on no list yet
# one undo takes a scan back whole
keys u
expect focus people 0
