# Whom nobody may write to gets no draft, and the board says why and what to do.
hear Desk: Hello, I am Frank Bennett from Northwind Freight.
hear Desk: We lose half of our leads after every event.
keys d
expect draft none no e-mail address that was scanned or typed
keys A
expect toast e types it
keys esc
wait 40s
scan BEGIN:VCARD\nVERSION:3.0\nFN:Grace Walker\nORG:Blue Harbor Bank\nEMAIL:grace.walker@blueharbor.example\nEND:VCARD
wait 1s
keys j
expect focus person Grace Walker
expect draft none nobody asked
hear Desk: We lose half of our leads after every event.
keys n
type send the price list
keys enter
expect draft has Hello Grace Walker
# Another visitor's name is told to nobody, neither in their words nor in a promise.
expect draft has send the price list
keys n
type introduce them to Frank Bennett
keys enter
expect draft none nobody asked
keys y
expect draft lacks Frank
# No in one talk is no in all.
keys y
expect draft none they do not want
wait 40s
keys +
keys e tab tab tab
type grace.walker@blueharbor.example
keys enter
keys y
expect draft none in another talk they said
