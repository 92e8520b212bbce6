# Two visitors on one card are cut apart, and put together again.
hear Desk: I am Peter Walker, the marketing manager at Cedar Hill Foods.
hear Desk: We still use paper forms.
hear Desk: Hello, I am Thomas Weber from Evergreen Packaging.
keys enter s
expect cards 2
keys esc
expect card Cedar Hill|lines 2
expect card Evergreen|lines 1
keys u
expect cards 1
keys U
expect cards 2
keys m enter
expect cards 1
expect focus lines 3
