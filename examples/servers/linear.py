# SPDX-License-Identifier: MIT
"""The linear server in Python, as a process that speaks the lines of docs/SERVER-PROTOCOL.md.

Each file has a range of the device for itself. It remembers which blocks hold data; the others are UNWRITTEN.

    iomap-playground run --server 'python3 linear.py' case.json
"""

import json
import sys

SPAN = 256 * 1024
IOEND_UNWRITTEN = 2
WRITES = {"WRITE", "ZERO", "UNSHARE", "WRITEBACK"}

files = {}


def hello(request):
    files.clear()
    for i, inode in enumerate(request["inodes"]):
        block = inode["blockSize"]
        written = set(range((inode["size"] + block - 1) // block))
        files[inode["nodeid"]] = {"base": i * SPAN, "block": block, "written": written}
    return {"version": 1, "device_add": [request["devices"][0]["fd"]]}


def iomap_begin(request):
    file = files[request["nodeid"]]
    block, written = file["block"], file["written"]
    if request["pos"] >= SPAN:
        if WRITES & set(request["op"]):
            return {"error": "-ENOSPC"}
        return {"read": {"offset": SPAN, "length": "1T", "type": "HOLE", "addr": "NULL_ADDR"}}
    first = request["pos"] // block
    last = first + 1
    while last * block < SPAN and (last in written) == (first in written):
        last += 1
    read = {"offset": first * block, "length": (last - first) * block, "dev": 1}
    read["addr"] = file["base"] + first * block
    read["type"] = "MAPPED" if first in written else "UNWRITTEN"
    return {"read": read}


def iomap_ioend(request):
    file = files[request["nodeid"]]
    if request["error"] == 0 and request["ioendflags"] & IOEND_UNWRITTEN:
        end = request["pos"] + request["written"]
        file["written"].update(range(request["pos"] // file["block"], -(-end // file["block"])))
    return {}


def setattr_(request):
    """What is past the end does not come back when the file grows again."""
    file = files[request["nodeid"]]
    blocks = -(-request["size"] // file["block"])
    file["written"] = {block for block in file["written"] if block < blocks}
    return {}


CALLBACKS = {
    "hello": hello,
    "iomap_begin": iomap_begin,
    "iomap_ioend": iomap_ioend,
    "setattr": setattr_,
}

for line in sys.stdin:
    asked = json.loads(line)
    answer = CALLBACKS.get(asked["do"], lambda _: {})(asked)
    print(json.dumps({"id": asked["id"], **answer}), flush=True)
