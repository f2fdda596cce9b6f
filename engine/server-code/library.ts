// SPDX-License-Identifier: MIT
/** What the code of a scenario's server imports from 'iomap-playground': the numbers and libfuse's helpers. */
import { ERRNO } from '../kernel/errno.ts';
import { REVISIONS } from '../kernel/features.ts';
import {
  DEV_NULL,
  FUSE_IOMAP_F,
  FUSE_IOMAP_IOEND,
  FUSE_IOMAP_TYPE,
  IOMAP_OP,
  NULL_ADDR,
} from '../kernel/names.ts';
import { is_write, need_write_allocate, pure_overwrite } from '../server/helpers.ts';

const NAME = 'iomap-playground';

export const LIBRARY = {
  ...{ DEV_NULL, ERRNO, FUSE_IOMAP_F, FUSE_IOMAP_IOEND, FUSE_IOMAP_TYPE, IOMAP_OP, NULL_ADDR, REVISIONS },
  ...{ is_write, need_write_allocate, pure_overwrite },
  server: <S>(callbacks: S): S => callbacks,
};

/** What `import … from` finds. */
export function requireLibrary(name: string): typeof LIBRARY {
  if (name === NAME) return LIBRARY;
  throw new Error(`there is no '${name}' here: a scenario's server can import '${NAME}' and nothing else`);
}
