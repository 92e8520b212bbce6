# A scanner types a whole vCard: no key binding fires on the way, and it seats one person.
hear Desk: Good morning.
burst BEGIN:VCARD\nVERSION:3.0\nN:Patel;Priya\nFN:Priya Patel\nORG:Blue Harbor Bank\nTITLE:Head of Events\nEMAIL:priya.patel@blueharborbank.example\nEND:VCARD
expect cards 1
expect focus person Priya Patel
expect focus heat
expect focus tags
expect focus account Blue Harbor Bank
expect layer none
