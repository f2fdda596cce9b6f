// SPDX-License-Identifier: MIT
import { FUSE_OPCODE, nameOf } from '../kernel/names.ts';
import { opNames } from '../kernel/codes.ts';
import type { Request } from '../kernel/wire-types.ts';

/** `FUSE_IOMAP_BEGIN pos 8192 count 4096 op WRITE`. */
export function requestWords({ opcode, pos, count, opflags, setattr, fallocate }: Request): string {
  const name = nameOf(FUSE_OPCODE, opcode) ?? `opcode ${opcode}`;
  if (setattr !== undefined) return `${name} size ${setattr.size}`;
  if (fallocate !== undefined) return `${name} offset ${pos} length ${count}`;
  const op = opflags === 0 ? 'read' : opNames(opflags).join('|');
  return `${name} pos ${pos} count ${count} op ${op}`;
}
