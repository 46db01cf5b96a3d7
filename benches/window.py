"""Starts programs in turn on the screen of this session and prints how they compare; started by window.sh.

A window's middle is watched through the X server: "shown" is when anything stands there, "drawn" when it is more than one
colour. Memory is the proportional set size, five seconds after the start. Work is what all threads of the program have
done while nobody touched it, in thousandths of one processor."""

import argparse
import ctypes
import os
import shutil
import signal
import statistics
import subprocess
import tempfile
import time

Z_PIXMAP = 2
# Where the window stands: in the middle of the screen, 1280 x 800; a margin keeps its frame out.
LEFT, WIDTH, TOP, HEIGHT = 60, 1240, 100, 700
ROWS = 80
PATIENCE_SECS = 30
MEMORY_AT_SECS = 5


class Image(ctypes.Structure):
    """The beginning of Xlib's XImage."""

    _fields_ = [
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("xoffset", ctypes.c_int),
        ("format", ctypes.c_int),
        ("data", ctypes.POINTER(ctypes.c_char)),
        ("byte_order", ctypes.c_int),
        ("bitmap_unit", ctypes.c_int),
        ("bitmap_bit_order", ctypes.c_int),
        ("bitmap_pad", ctypes.c_int),
        ("depth", ctypes.c_int),
        ("bytes_per_line", ctypes.c_int),
    ]


class Screen:
    def __init__(self):
        self.x11 = ctypes.CDLL("libX11.so.6")
        self.x11.XOpenDisplay.restype = ctypes.c_void_p
        self.x11.XDefaultRootWindow.restype = ctypes.c_ulong
        self.x11.XGetImage.restype = ctypes.POINTER(Image)
        self.display = ctypes.c_void_p(self.x11.XOpenDisplay(None))
        assert self.display.value, "no display"
        self.root = ctypes.c_ulong(self.x11.XDefaultRootWindow(self.display))

    def colors(self):
        """The colours in some rows of the middle."""
        found = set()
        for row in range(ROWS):
            top = TOP + row * HEIGHT // ROWS
            image = self.x11.XGetImage(
                self.display, self.root, LEFT, top, WIDTH, 1, ctypes.c_ulong(0xFFFFFF), Z_PIXMAP
            )
            size = image.contents.bytes_per_line
            pixels = memoryview(ctypes.string_at(image.contents.data, size)).cast("I")
            found.update(pixel & 0xFFFFFF for pixel in pixels)
            self.x11.XDestroyImage(image)
        return found


def memory_mb(process):
    with open(f"/proc/{process}/smaps_rollup") as lines:
        for line in lines:
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return None


def worked_ns(process):
    total = 0
    for thread in os.listdir(f"/proc/{process}/task"):
        with open(f"/proc/{process}/task/{thread}/schedstat") as line:
            total += int(line.read().split()[0])
    return total


def measure(screen, command, idle_secs):
    ground = screen.colors()
    assert len(ground) == 1, "something is on the screen already"
    folder = tempfile.mkdtemp(dir=os.environ["HOME"])
    begun = time.monotonic()
    program = subprocess.Popen(
        [part.replace("{folder}", folder) for part in command],
        # The demo's own folder goes with it, though the program is ended by a signal.
        env=dict(os.environ, TMPDIR=folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        seen = {}
        while "drawn ms" not in seen:
            passed = time.monotonic() - begun
            assert passed < PATIENCE_SECS and program.poll() is None, f"{command} shows nothing"
            colors = screen.colors()
            if colors != ground:
                seen.setdefault("shown ms", passed * 1000)
            if len(colors - ground) > 1:
                seen["drawn ms"] = passed * 1000
        time.sleep(max(0.0, begun + MEMORY_AT_SECS - time.monotonic()))
        seen["memory MB"] = memory_mb(program.pid)
        worked, since = worked_ns(program.pid), time.monotonic()
        time.sleep(idle_secs)
        passed = time.monotonic() - since
        seen["idle per mille"] = (worked_ns(program.pid) - worked) / passed / 1e6
        return seen
    finally:
        program.send_signal(signal.SIGTERM)
        program.wait()
        shutil.rmtree(folder, ignore_errors=True)
        gone = time.monotonic() + PATIENCE_SECS
        while screen.colors() != ground and time.monotonic() < gone:
            time.sleep(0.02)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("target")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--idle", type=float, default=20.0)
    options = parser.parse_args()
    programs = {
        "empty window": [f"{options.target}/examples/empty_window"],
        "recado, first start": [f"{options.target}/recado", "--data-dir", "{folder}"],
        "recado demo": [f"{options.target}/recado", "demo"],
    }
    screen = Screen()
    rounds = {name: [] for name in programs}
    for command in programs.values():
        # The first start reads from the disk what all later ones find in memory.
        measure(screen, command, 0.0)
    for _ in range(options.rounds):
        for name, command in programs.items():
            rounds[name].append(measure(screen, command, options.idle))
    print(f"medians of {options.rounds} rounds in turn, in brackets the ratio to the empty window:")
    figures = list(rounds["empty window"][0])
    floor = {}
    for name, seen in rounds.items():
        parts = []
        for figure in figures:
            value = statistics.median(one[figure] for one in seen)
            floor.setdefault(figure, value)
            ratio = f" ({value / floor[figure]:.2f})" if floor[figure] > 0 else ""
            parts.append(f"{figure.split()[0]} {value:.1f} {' '.join(figure.split()[1:])}{ratio}")
        print(f"  {name:<20} " + ", ".join(parts))


main()
