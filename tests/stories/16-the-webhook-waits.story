# What the webhook did not take waits in the store, is seen, survives a restart and is sent once.
alerts 3
paste MECARD:N:Bennett,Frank;ORG:Northwind Freight;EMAIL:frank.bennett@northwindfreight.example;;
expect effect Post
expect unposted 1
unposted the webhook can't be reached
expect toast can't be reached
restart
expect unposted 1
wait 1s
expect effect Post
wait 5s
posted
expect unposted 0
restart
wait 1s
expect unposted 0
expect trail the webhook was told: called to Northwind Freight
