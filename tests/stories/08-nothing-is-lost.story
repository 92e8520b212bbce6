# A disk that fails, then works again; a restart finds everything that was acknowledged.
tag pricing
hear Desk: Hello.
keys h
expect unsaved 0
trouble disk full; free some space, deeds wait in memory
keys 1
hear Desk: More words.
expect unsaved 2
keys q
expect layer confirm
keys esc
expect layer none
# The question says q again leaves: it does.
keys q q
expect effect Quit
well
expect unsaved 0
expect saved
restart
expect cards 1
expect card the talk|heat hot
expect card the talk|tags pricing
expect card the talk|lines 2
