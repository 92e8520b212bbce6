# A follow-up is read, put in other words, approved and taken back by keys; each text is a deed before it counts.
scan 4117
hear Desk: Hello, what brings you to our stand today?
hear Desk: We lose half of our leads after every event.
keys y
keys n
type send the price list fri
keys enter
keys d
expect layer draft
expect draft standing not approved
expect draft has To: frank.bennett@northwindfreight.example
expect draft has Subject: Send the price list, as agreed at Meridian Trade Fair 2026
expect draft has Hello Frank Bennett,
expect draft has "We lose half of our leads after every event."
expect draft has As agreed by 27 November 2026: send the price list.
# Who writes and how to opt out stand behind every text.
expect draft has 12 Harbor Street, Chicago
expect draft has answer STOP
# No owner yet, so nobody is named.
expect draft lacks looks after it
keys o enter
expect draft has looks after it
# Nobody has approved it, so it can't be let go.
keys L
expect toast A does
# The subject in other words; esc leaves a line as it was.
keys enter
expect layer prompt
keys ctrl-u
type The price list, as promised
keys enter
expect layer draft
expect draft has Subject: The price list, as promised
keys j enter
type  never
keys esc
expect draft lacks never
keys A
expect draft standing approved, waits for the import
expect trail the follow-up to Northwind Freight, Frank Bennett approved
keys A
expect toast it is approved already
keys L
expect draft standing approved
keys K
expect draft standing held back
keys u u
expect draft standing approved, waits for the import
restart
expect draft standing approved, waits for the import
expect draft has Subject: The price list, as promised
# The card says something else: the approval was not about that.
keys n
type send the price list and a sample mon
keys enter
expect draft standing changed since approved
# All edits taken back, read again, approved again.
keys d D
expect draft standing not approved
expect draft has Subject: Send the price list and a sample, as agreed
keys A
expect draft standing approved, waits for the import
# Edited since: nobody approved the new words.
keys j enter ctrl-u
type Dear Frank,
keys enter
expect draft standing not approved
expect draft has Dear Frank,
keys u
expect draft standing approved, waits for the import
# They do not want to be written to after all.
keys y
expect draft none they do not want to be written to
keys A
expect toast they do not want to be written to
keys esc
expect layer none
