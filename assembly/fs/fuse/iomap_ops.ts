// SPDX-License-Identifier: GPL-2.0-only
/** What the iomap layer calls a fuse server by: struct iomap_ops fuse_iomap_ops of the kernel's file_iomap.c. */

import { iomap_ops } from '../../include/linux/iomap';
import { fuse_iomap_begin } from './file_iomap';
import { fuse_iomap_end } from './file_iomap_end';
import { fuse_iomap_ioend } from './file_iomap_ioend';

const ops_block: usize = memory.data<usize>([
  changetype<usize>(fuse_iomap_begin),
  changetype<usize>(fuse_iomap_end),
  changetype<usize>(fuse_iomap_ioend),
]);


@inline
export function fuse_iomap_ops(): iomap_ops {
  return changetype<iomap_ops>(ops_block);
}
