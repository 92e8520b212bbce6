# A delimited badge is read by its looks, one key keeps that reading for the show, and undo takes it back.
scan 4711|Anna|Miller|Cedar Hill Foods|Head of Events
expect cards 1
expect focus person Anna Miller
expect focus company Cedar Hill Foods
expect focus title Head of Events
expect toast looks like id | first | last | company | title; Y keeps this reading
expect layer none
keys - Y
expect toast badges are read as id | first | last | company | title
# Looks alone would take this company for a title; the layout knows better, and asks nothing.
scan 4712|Ben|Ahn|Chief|Buyer
expect focus person Ben Ahn
expect focus company Chief
expect focus title Buyer
expect toast Ben Ahn, Chief is here
keys Y
expect toast was no guess
keys -
# It is a deed: a restart keeps it.
restart
scan 4713|Cy|Orr|Leader|Owner
expect focus company Leader
keys -
# A guess that is wrong is corrected by hand, and then kept as corrected.
scan Miller^Dora^Acme^x
expect focus person Miller Dora
keys e ctrl-u
type Dora Miller
keys enter
expect focus person Dora Miller
keys Y
expect toast badges are read as last | first
keys -
scan Pohl^Emil^Acme^x
expect focus person Emil Pohl
# Undo: the scan, then the layout.
keys u u u -
scan Kern^Fritz^Acme^x
expect focus person Kern Fritz
expect toast looks like first | last
# What says itself what it is asks nothing.
keys -
scan MECARD:N:Bennett,Frank;ORG:Northwind Freight;;
expect toast Frank Bennett, Northwind Freight is here
