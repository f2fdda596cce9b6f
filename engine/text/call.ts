// SPDX-License-Identifier: MIT
import { ordinal } from '../kernel/ordinal.ts';
import { plain } from '../checks/format.ts';
import { writtenBytes } from '../run/written-bytes.ts';
import { errnoText } from '../kernel/errno.ts';
import { FUSE_BACKING_TYPE, FUSE_DEV_IOC, FUSE_IOMAP_IOEND, NULL_ADDR, nameOf } from '../kernel/names.ts';
import type { IoStep, Step } from '../scenario/schema.ts';
import { flagText, opText } from './values.ts';

/**
 * What a step asks for, as short parts: `fd 3`, `type IOMAP`. Defaults are left out, and if the request is shown
 * too, what a begin would repeat from there.
 */
export function callParts(step: Step, hasRequest = false): string[] {
  return [...own(step, hasRequest), ...caller(step)];
}

function caller({ caller }: Step): string[] {
  if (caller === undefined) return [];
  return [
    `caller ${caller.capabilities.length === 0 ? 'without capabilities' : caller.capabilities.join('|')}`,
  ];
}

function own(step: Step, hasRequest: boolean): string[] {
  switch (step.do) {
    case 'backing_open':
      return [
        `fd ${step.fd}`,
        `type ${nameOf(FUSE_BACKING_TYPE, step.type) ?? step.type}`,
        ...(step.flags === 0 ? [] : [`flags 0x${step.flags.toString(16)}`]),
        ...(step.padding === 0n ? [] : [`padding ${plain(step.padding)}`]),
        ...(step.allocation === undefined ? [] : ['allocation fails']),
      ];
    case 'backing_close':
    case 'passthrough_open':
      return [`id ${step.id}`];
    case 'passthrough_release':
      return [of(step.of) ?? 'of the latest open'];
    case 'ioctl':
      return [
        `cmd ${nameOf(FUSE_DEV_IOC, step.cmd) ?? `0x${step.cmd.toString(16)}`}`,
        ...(step.arg === undefined ? [] : [`arg of ${step.arg.length} bytes`]),
        ...(step.copy === undefined ? [] : ['argument faults']),
        ...(step.connection ? [] : ['no connection']),
      ];
    case 'iomap_begin':
      return [
        ...(step.inode === undefined ? [] : [`inode ${step.inode}`]),
        ...(hasRequest
          ? []
          : [`op ${opText(step.op)}`, `pos ${plain(step.pos)}`, `count ${plain(step.count)}`]),
      ];
    case 'iomap_end':
      return [
        of(step.of) ?? 'of the last begin',
        ...(step.op === undefined ? [] : [`op ${opText(step.op)}`]),
        ...(step.pos === undefined ? [] : [`pos ${plain(step.pos)}`]),
        ...(step.count === undefined ? [] : [`count ${plain(step.count)}`]),
        ...(step.written === undefined ? [] : [`written ${step.written}`]),
      ];
    case 'umount':
      return step.how === 'plain' ? [] : [step.how];
    case 'unmount':
    case 'close_dev':
      return [];
    default:
      return ioParts(step);
  }
}

function of(index: number | undefined): string | undefined {
  return index === undefined ? undefined : `of step ${ordinal(index)}`;
}

function ioParts(step: IoStep): string[] {
  const inode = step.inode === undefined ? [] : [`inode ${step.inode}`];
  return [...inode, ...ioOwn(step)];
}

/** The options that are on, by their names. */
const on = (step: object, ...names: string[]) =>
  names.filter((name) => (step as { [name: string]: unknown })[name] === true);

function ioOwn(step: IoStep): string[] {
  switch (step.do) {
    case 'pread':
      return [
        `offset ${plain(step.offset)}`,
        `length ${step.length}`,
        ...on(step, 'direct', 'fopenDirectIo', 'nowait'),
      ];
    case 'pwrite': {
      const bytes = writtenBytes(step);
      const head = Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
      return [
        `offset ${plain(step.offset)}`,
        `length ${bytes.length}`,
        `data ${head}${bytes.length > 8 ? ' ...' : ''}`,
        ...on(step, 'direct', 'fopenDirectIo', 'nowait', 'atomic', 'overwriteOnly', 'dontcache'),
      ];
    }
    case 'fsync':
      return [];
    case 'fzero':
    case 'funshare':
      return [`offset ${plain(step.offset)}`, `length ${plain(step.length)}`, ...on(step, 'keepSize')];
    case 'fiemap':
      return [
        `offset ${plain(step.offset)}`,
        `length ${plain(step.length)}`,
        `room for ${step.count}`,
        ...on(step, 'sync', 'xattr'),
      ];
    case 'seek':
      return [`offset ${plain(step.offset)}`, `for ${step.whence}`];
    case 'bmap':
      return [`block ${plain(step.block)}`];
    case 'truncate':
      return [`to ${plain(step.length)}`];
    case 'iomap_ioend':
      return [
        `pos ${plain(step.pos)}`,
        `written ${plain(step.written)}`,
        ...(step.flags === 0 ? [] : [`flags ${flagText(FUSE_IOMAP_IOEND, step.flags)}`]),
        ...(step.error === 0 ? [] : [`error ${errnoText(step.error)}`]),
        ...(step.addr === NULL_ADDR ? [] : [`addr ${plain(step.addr)}`]),
        ...(step.dev === 0 ? [] : [`dev ${step.dev}`]),
      ];
  }
}
