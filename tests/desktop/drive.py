#!/usr/bin/python3
"""Eyes and a hand for the tests beside it: reads a window through the accessibility bus and works what is in it.

A question is one line of JSON on standard input, its answer one line on standard output, until the input ends:

    {"ask": "look",  "process": 17, "name": "Save"}   every element of that name
    {"ask": "press", "process": 17, "name": "Save"}   the action of the first one that can do something
    {"ask": "focus", "process": 17, "name": "Save"}   the keyboard to the first one that takes it
    {"ask": "tree",  "process": 17}                   all elements in words, for the report of a failed test
    {"ask": "secrets"}                                everything in the session's secret service

Each question looks afresh and answers at once; whoever asks decides how long to go on asking.
"""

import json
import sys
import warnings

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

# Names of methods differ between versions of the bindings; those used here are in all of them.
warnings.simplefilter("ignore", DeprecationWarning)

DEEPEST = 80
SECRETS = "org.freedesktop.secrets"


def told(question, otherwise):
    """An answer of another program, which may be gone or have thrown the element away."""
    try:
        answer = question()
    except GLib.Error:
        return otherwise
    return otherwise if answer is None else answer


def application(process):
    desktop = Atspi.get_desktop(0)
    desktop.clear_cache()
    for index in range(told(desktop.get_child_count, 0)):
        child = told(lambda: desktop.get_child_at_index(index), None)
        if child is not None and told(child.get_process_id, 0) == process:
            child.clear_cache()
            return child
    return None


def elements(process):
    root = application(process)
    waiting = [] if root is None else [(root, 0)]
    while waiting:
        element, depth = waiting.pop()
        yield element, depth
        if depth < DEEPEST:
            count = told(element.get_child_count, 0)
            children = (told(lambda: element.get_child_at_index(i), None) for i in reversed(range(count)))
            waiting.extend((child, depth + 1) for child in children if child is not None)


def described(element):
    """What the tests want to know of an element."""
    interfaces = told(element.get_interfaces, [])
    states = told(element.get_state_set, None)
    text = None
    if "Text" in interfaces:
        length = told(lambda: Atspi.Text.get_character_count(element), 0)
        text = told(lambda: Atspi.Text.get_text(element, 0, length), "") if length else ""
    place = told(lambda: Atspi.Component.get_extents(element, Atspi.CoordType.SCREEN), None)
    has_value = "Value" in interfaces
    return {
        "role": told(element.get_role_name, ""),
        "name": told(element.get_name, ""),
        "text": text,
        "value": told(lambda: Atspi.Value.get_current_value(element), None) if has_value else None,
        "editable": "EditableText" in interfaces,
        "active": "Action" in interfaces and told(lambda: Atspi.Action.get_n_actions(element), 0) > 0,
        "states": [] if states is None else [state.value_nick for state in states.get_states()],
        "place": [place.x, place.y, place.width, place.height] if place is not None else None,
    }


def found(question):
    name, contains = question.get("name"), question.get("contains")
    for element, _ in elements(question["process"]):
        its_name = told(element.get_name, "")
        if (name is None or its_name == name) and (contains is None or contains in its_name):
            yield element


def look(question):
    return [described(element) for element in found(question)]


def press(question):
    for element in found(question):
        about = described(element)
        if about["active"] and "enabled" in about["states"]:
            return bool(told(lambda: Atspi.Action.do_action(element, 0), False))
    return False


def focus(question):
    for element in found(question):
        if "focusable" in described(element)["states"]:
            return bool(told(lambda: Atspi.Component.grab_focus(element), False))
    return False


def tree(question):
    lines = []
    for element, depth in elements(question["process"]):
        about = described(element)
        states = set(about["states"]) & {"focused", "checked", "pressed", "selected", "expanded"}
        words = [about["role"], repr(about["name"])]
        if about["text"] not in (None, "", about["name"]):
            words.append("text " + repr(about["text"]))
        words.extend(sorted(states))
        if "enabled" not in about["states"]:
            words.append("disabled")
        lines.append("  " * depth + " ".join(words))
    return "\n".join(lines)


def secrets(_question):
    """Label, attributes and secret of every item, asked in plain on a bus that nobody else is on."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)

    def call(path, interface, method, arguments):
        answer = bus.call_sync(SECRETS, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE, 10_000)
        return answer.unpack()

    service, item = "org.freedesktop.Secret.Service", "org.freedesktop.Secret.Item"
    root = "/org/freedesktop/secrets"
    plain = GLib.Variant("(sv)", ("plain", GLib.Variant("s", "")))
    _, session = call(root, service, "OpenSession", plain)
    unlocked, _locked = call(root, service, "SearchItems", GLib.Variant("(a{ss})", ({},)))
    kept = []
    for path in unlocked:
        (answer,) = call(path, item, "GetSecret", GLib.Variant("(o)", (session,)))
        (label,) = call(path, "org.freedesktop.DBus.Properties", "Get", GLib.Variant("(ss)", (item, "Label")))
        kept.append({"label": label, "secret": bytes(answer[2]).decode("utf-8", "replace")})
    return kept


KINDS = {"look": look, "press": press, "focus": focus, "tree": tree, "secrets": secrets}


def main():
    Atspi.init()
    for line in sys.stdin:
        question = json.loads(line)
        try:
            answer = {"answer": KINDS[question["ask"]](question)}
        except GLib.Error as error:
            answer = {"error": str(error)}
        print(json.dumps(answer), flush=True)


main()
