// SPDX-License-Identifier: MIT
import { ERRNO } from '../kernel/errno.ts';
import { IOMAP_OP } from '../kernel/names.ts';
import type { Reply, Request } from '../run/types.ts';

/** Begins that ask for neither file data nor a buffer: there an error is an error at each stage. */
const ELSE = IOMAP_OP.DIRECT | IOMAP_OP.REPORT;

/**
 * What the answer -ENOSYS to a buffered begin means at the stage of the series where only direct I/O goes through iomap;
 * '' for any other. A server such as fuse4fs answers so at that stage.
 */
export function directStage(request: Request | null, reply: Reply | null): string {
  if (request?.name !== 'FUSE_IOMAP_BEGIN' || reply?.header?.error !== -ERRNO.ENOSYS) return '';
  if ((request.opflags & ELSE) !== 0) return '';
  return (
    ' Where only direct I/O goes through iomap, a server answers a buffered begin so, and the kernel uses ordinary FUSE ' +
    'reads and writes. That stage is not modelled.'
  );
}
