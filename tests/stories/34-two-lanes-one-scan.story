# A scan seats who is at the focused lane and brings that card into focus: the next key is about them.
hear Desk: Good morning, welcome to our booth.
hear Lapel: Hello, how is the show going so far?
keys end
expect focus lane Lapel
scan BEGIN:VCARD\nVERSION:3.0\nFN:Priya Patel\nORG:Blue Harbor Bank\nEMAIL:priya.patel@blueharborbank.example\nEND:VCARD
expect cards 2
expect focus lane Desk
expect focus person Priya Patel
expect focus account Blue Harbor Bank
keys o enter
expect focus owner Leena Raman
keys u
expect focus owner
keys u
expect focus account
expect focus people 0
# Somebody of another company stands by: the call names whose account it is, and the company's line counts its own people.
alerts 3
hear Desk: I am Frank Bennett, the head of operations at Northwind Freight.
hear Desk: We lose half of our leads after every event.
scan BEGIN:VCARD\nVERSION:3.0\nFN:Priya Patel\nORG:Blue Harbor Bank\nEMAIL:priya.patel@blueharborbank.example\nEND:VCARD
expect focus people 2
expect call Target account: Blue Harbor Bank; Priya Patel; at Desk
expect company Blue Harbor Bank: 1 person, 1 talk, need
scan BEGIN:VCARD\nVERSION:3.0\nFN:Omar Reed\nORG:Blue Harbor Bank\nEMAIL:omar.reed@blueharborbank.example\nEND:VCARD
expect company Blue Harbor Bank: 2 people, 1 talk, need
