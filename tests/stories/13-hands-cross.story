# What comes between two keys does not send the second one elsewhere.
show meridian
tag pricing
hear Desk: We talk about prices.
wait 5s
hear Lapel: Somebody else is here.
# Only talks that go on are shown, and the tag list is open, when the focused talk ends by itself.
keys F
type talking
keys enter
expect shown 2
keys t
wait 25s
expect shown 1
keys enter
keys esc
expect card the talk|tags pricing
# A scan answers the badge line that waits for it.
keys B
expect layer prompt
burst MECARD:N:Owen,Sean;ORG:Acme;EMAIL:sean@acme.example;;
expect layer none
expect cards 3
# A whole document in the clipboard is no badge, and nobody is seated for it.
flood 2000 xY9
expect cards 3
expect focus people 1
expect toast no badge
# A name that an input method writes all at once goes into the open line; a badge still seats somebody.
keys +
expect cards 4
keys e
commit 山田 太郎さん
expect layer prompt
burst MECARD:N:Walker,Peter;ORG:Cedar;EMAIL:peter@cedar.example;;
# What was scanned meanwhile is not emptied by fields nobody touched.
keys enter
expect focus person 山田 太郎さん
expect focus company Cedar
expect focus email peter@cedar.example
