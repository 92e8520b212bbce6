# Search and filters narrow the board while one types, and Esc shows everything again.
hear Desk: I am from Summit Energy.
wait 40s
hear Desk: I am from Harvest Farms.
wait 40s
hear Desk: Where is the party?
expect cards 3
keys /
type harvest
expect shown 1
keys esc
expect shown 3
keys /
type party
keys enter
expect shown 1
keys x esc
expect shown 3
keys F
type swag
keys enter
expect shown 1
expect focus heat swag
