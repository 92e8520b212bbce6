# A target met, a lead that turns hot, a hot one that stays nobody's: each calls once, whatever is undone or restarted.
alerts 3
paste MECARD:N:Bennett,Frank;ORG:Northwind Freight;EMAIL:frank.bennett@northwindfreight.example;;
expect focus account Northwind Freight
expect effect "Target account: Northwind Freight"
# the same person again, a correction, an undo and a redo are no new cause
keys u U
paste MECARD:N:Bennett,Frank;ORG:Northwind Freight;EMAIL:frank.bennett@northwindfreight.example;;
expect calls 0
keys h
expect focus heat hot
expect calls 1
keys u h
expect calls 0
wait 170s
expect calls 0
wait 20s
expect effect Hot and nobody's for 3 min: Northwind Freight
restart
wait 60s
expect calls 0
keys o enter
wait 300s
expect calls 0
expect trail called to Northwind Freight
