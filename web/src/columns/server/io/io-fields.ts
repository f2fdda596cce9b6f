// SPDX-License-Identifier: MIT
import { FUSE_IOMAP_IOEND } from '#engine/kernel/names.ts';
import { WITHOUT_DATA } from '#engine/scenario/io-names.ts';
import type { IoStep } from '#engine/scenario/schema.ts';
import { labelOfField } from '#engine/words/field-labels.ts';
import { hintOf } from '#engine/words/hints.ts';
import { bits, type Choice } from '../../../fields/choices.ts';
import { field, type StepField } from '../../../fields/step-field.ts';
import type { JsonValue } from '#engine/scenario/path.ts';

/** A field with a few possibilities; `undefined` is the one that a step that says nothing has. */
interface IoSwitch {
  key: string;
  label: string;
  options: { value: JsonValue | undefined; label: string }[];
}

interface IoForm {
  /** The system call that the step is. */
  intro: [lead: string, name: string];
  fields: StepField[];
  switches: IoSwitch[];
}

const OFFSET = field('offset');
const LENGTH = field('length');

/** What I/O can end with. */
const ERRORS = (): Choice[] =>
  (['eio', 'enospc', 'enosys', 'einval'] as const).map((id) => ({
    label: `-${id.toUpperCase()}`,
    value: `-${id.toUpperCase()}`,
    hint: hintOf(id),
  }));

const flag = (key: string, off: string, on: string): IoSwitch => ({
  key,
  label: labelOfField(key),
  options: [
    { value: undefined, label: off },
    { value: true, label: on },
  ],
});
const FOPEN = flag('fopenDirectIo', 'plainly', 'FOPEN_DIRECT_IO');
const DIRECT = flag('direct', 'through the page cache', 'O_DIRECT');
const NOWAIT = flag('nowait', 'may wait', 'RWF_NOWAIT: -EAGAIN instead');

/** What the form of each I/O step asks, beside the replies. */
export const IO_FORMS: Record<IoStep['do'], IoForm> = {
  pread: {
    intro: ['A process calls', 'pread()'],
    fields: [OFFSET, LENGTH],
    switches: [DIRECT, FOPEN, NOWAIT],
  },
  pwrite: {
    intro: ['A process calls', 'pwrite()'],
    fields: [
      OFFSET,
      field('length', { fallback: String(WITHOUT_DATA.lengthBytes) }),
      field('fill', { fallback: `0x${WITHOUT_DATA.fill.toString(16)}` }),
      field('data', { fallback: 'none: fill', kind: 'text' }),
    ],
    switches: [
      DIRECT,
      FOPEN,
      NOWAIT,
      flag('atomic', 'as it comes', 'RWF_ATOMIC: whole or not at all'),
      flag('overwriteOnly', 'may allocate', 'IOMAP_DIO_OVERWRITE_ONLY'),
      flag('dontcache', 'stays in the cache', 'RWF_DONTCACHE'),
    ],
  },
  fsync: { intro: ['A process calls', 'fsync()'], fields: [], switches: [] },
  fzero: {
    intro: ['A process calls', 'fallocate(ZERO_RANGE)'],
    fields: [OFFSET, LENGTH],
    switches: [flag('keepSize', 'the file may grow', 'FALLOC_FL_KEEP_SIZE')],
  },
  funshare: {
    intro: ['The playground calls', 'iomap_file_unshare()'],
    fields: [OFFSET, LENGTH],
    switches: [],
  },
  fiemap: {
    intro: ['A process calls', 'ioctl(FS_IOC_FIEMAP)'],
    fields: [OFFSET, field('length', { fallback: 'the whole file' }), field('count')],
    switches: [
      flag('sync', 'as it is', 'FIEMAP_FLAG_SYNC: written back first'),
      flag('xattr', 'of the data', 'FIEMAP_FLAG_XATTR'),
    ],
  },
  seek: {
    intro: ['A process calls', 'lseek()'],
    fields: [OFFSET],
    switches: [
      {
        key: 'whence',
        label: 'whence',
        options: [
          { value: undefined, label: 'SEEK_DATA' },
          { value: 'hole', label: 'SEEK_HOLE' },
        ],
      },
    ],
  },
  bmap: {
    intro: ['A process calls', 'ioctl(FIBMAP)'],
    fields: [field('block')],
    switches: [],
  },
  truncate: {
    intro: ['A process calls', 'ftruncate()'],
    fields: [field('length')],
    switches: [],
  },
  iomap_ioend: {
    intro: ['The kernel tells', 'FUSE_IOMAP_IOEND'],
    fields: [
      field('pos'),
      field('written'),
      field('flags', { kind: 'flags', choices: () => bits(FUSE_IOMAP_IOEND, 'ioend_') }),
      field('error', { choices: ERRORS }),
      field('addr', { kind: 'number' }),
      field('dev'),
    ],
    switches: [],
  },
};
