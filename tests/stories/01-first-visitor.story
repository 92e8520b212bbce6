# A visitor is heard, named by their own words, triaged with six keys.
tag pricing demo security
hear Desk: Good morning, welcome to our booth.
hear Desk: Hi, my name is Frank Bennett.
hear Desk: I am the head of operations at Northwind Freight.
hear Desk: We lose half of our leads after every event.
expect cards 1
expect focus lines 4
expect focus person Frank Bennett
expect focus company Northwind Freight
expect focus suggested Northwind Freight
expect focus account
# hot, first tag, flag + Enter, owner + Enter: six keys
keys h 1 f enter o enter
expect focus heat hot
expect focus tags pricing
expect focus account Northwind Freight
expect focus owner Julian Sands
expect layer none
expect unsaved 0
