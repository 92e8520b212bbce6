# What a person marked goes with its words when the lane goes off the record, quote, consent and all.
hear Desk: We are from a bakery, hello.
hear Desk: Our old tills drive me mad.
keys p n
expect chip need yes
hear Desk: Sure, put me on your mailing thing.
keys p y
expect focus consent yes
expect trail marked
keys 0
expect toast struck for good
expect chip need unknown
expect nowhere drive me mad
expect nowhere mailing thing
expect focus consent
keys u u u
expect nowhere mailing thing
restart
expect nowhere drive me mad
