// SPDX-License-Identifier: MIT
/** What a form calls the fields of a scenario whose label is not their key in the format. */

const LABELS: Readonly<Record<string, string>> = {
  direct: 'how',
  fopenDirectIo: 'opened',
  overwriteOnly: 'overwrite',
  keepSize: 'size',
  capabilities: 'server has',
  reply: 'Your reply',
  replies: 'Your replies',
  endReplies: 'To FUSE_IOMAP_END',
  ioendReplies: 'To FUSE_IOMAP_IOEND',
  hex: 'Raw bytes',
  payload: 'Payload',
  connection: 'Connection',
  kernel: 'Kernel',
};

/** The label of a field, by its key in the format. */
export const labelOfField = (key: string): string => (Object.hasOwn(LABELS, key) ? LABELS[key]! : key);
