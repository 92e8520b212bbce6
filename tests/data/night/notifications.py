"""A notification daemon for the tests: owns the name, runs a command, prints what it was told.

notifications.py answer|frozen COMMAND...    needs PyGObject and a session bus
"""
import subprocess
import sys

from gi.repository import Gio, GLib

INTERFACE = """<node><interface name="org.freedesktop.Notifications">
  <method name="Notify">
    <arg direction="in" type="s"/><arg direction="in" type="u"/><arg direction="in" type="s"/>
    <arg direction="in" type="s"/><arg direction="in" type="s"/><arg direction="in" type="as"/>
    <arg direction="in" type="a{sv}"/><arg direction="in" type="i"/><arg direction="out" type="u"/>
  </method>
  <method name="GetServerInformation">
    <arg direction="out" type="s"/><arg direction="out" type="s"/>
    <arg direction="out" type="s"/><arg direction="out" type="s"/>
  </method>
  <method name="GetCapabilities"><arg direction="out" type="as"/></method>
</interface></node>"""

mode, command = sys.argv[1], sys.argv[2:]
loop = GLib.MainLoop()
status = 1


def call(_connection, _sender, _path, _interface, method, arguments, invocation):
    if mode == "frozen":
        return
    if method == "Notify":
        _, _, _, summary, body, _, hints, _ = arguments.unpack()
        print("NOTIFIED", summary, "|", body, "|", hints.get("urgency"), flush=True)
        invocation.return_value(GLib.Variant("(u)", (1,)))
    elif method == "GetCapabilities":
        invocation.return_value(GLib.Variant("(as)", (["body", "body-markup"],)))
    else:
        invocation.return_value(GLib.Variant("(ssss)", ("test", "test", "1", "1.2")))


def owned(connection, _name):
    info = Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0]
    connection.register_object("/org/freedesktop/Notifications", info, call, None, None)
    child = subprocess.Popen(command)

    def ended(_pid, code):
        global status
        status = 0 if code == 0 else 1
        loop.quit()

    GLib.child_watch_add(GLib.PRIORITY_DEFAULT, child.pid, ended)


Gio.bus_own_name(Gio.BusType.SESSION, "org.freedesktop.Notifications", Gio.BusNameOwnerFlags.NONE, owned, None, None)
loop.run()
sys.exit(status)
