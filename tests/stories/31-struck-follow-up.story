# Words struck off the record are struck from an approved follow-up, too.
scan 4117
hear Desk: We lose half of our leads after every event.
keys y
keys d
expect draft has We lose half of our leads
keys enter ctrl-u
type About the leads you lose
keys enter
keys A
expect draft standing approved, waits for the import
keys 0
expect nowhere lose half of our leads
expect nowhere leads you lose
expect draft standing not approved
expect draft lacks lose
keys u u u
expect nowhere lose half
restart
expect nowhere lose half of our leads
expect nowhere leads you lose
