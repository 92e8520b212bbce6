# A silence ends a talk by itself; a key ends one, another goes on with it.
hear Desk: Hello.
expect focus live true
wait 40s
expect focus live false
keys r
expect focus live true
keys -
expect focus live false
keys -
expect toast closed already
keys E
expect effect Export
expect trail 1 lead
