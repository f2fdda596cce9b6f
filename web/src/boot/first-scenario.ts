// SPDX-License-Identifier: MIT
/** What a first visit opens: small, accepted, and one edit away from a refusal. */
export const FIRST = `{
  "format": 1,
  "title": "Your first reply",
  "notes": "The kernel wants to read 8 KiB of a file from byte 4096 on and asks you, the server, where the bytes live.\\n\\nTry this first: change \`read.offset\` to 8192. Guess before you do: will the kernel take it?",
  "devices": { "vda": { "size": "4M" } },
  "steps": [
    { "do": "backing_open", "fd": 3, "type": "IOMAP" },
    { "do": "iomap_begin", "op": ["DIRECT"], "pos": 4096, "count": 8192,
      "reply": { "read": { "offset": 4096, "length": 8192, "addr": "1M", "type": "MAPPED", "dev": 1 } } },
    { "do": "backing_close", "id": 1 }
  ]
}
`;

/** The step that a first visit shows. */
export const FIRST_STEP = 1;
