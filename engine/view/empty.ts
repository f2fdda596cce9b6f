// SPDX-License-Identifier: MIT
/** What New makes. */
export const EMPTY = `{
  "format": 1,
  "title": "",
  "steps": [
    { "do": "backing_open", "fd": 3, "type": "IOMAP" },
    { "do": "iomap_begin", "pos": 0, "count": 4096,
      "reply": { "read": { "offset": 0, "length": 4096, "addr": "1M", "type": "MAPPED", "dev": 1 } } }
  ]
}
`;
