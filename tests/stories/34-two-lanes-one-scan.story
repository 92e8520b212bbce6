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
