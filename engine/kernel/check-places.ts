// SPDX-License-Identifier: MIT
/**
 * A row for each check: what its failure points at, and where it stands among the checks of its function. The page
 * and the searches ask; a verdict needs none of it (check-facts.ts has what it needs).
 */
import type { CheckId } from './checks.ts';
import { has, type Feature } from './has-feature.ts';
import type { Revision } from './features.ts';

export type MappingField = 'offset' | 'length' | 'addr' | 'type' | 'flags' | 'dev';

/** What a check blames: fields, the one that a server would change first being the first. */
export type Blame =
  /** Of a mapping of the reply; `slot` says which one, if the check's name does. */
  | { in: 'mapping'; slot: 'read' | 'write' | null; fields: readonly [MappingField, ...MappingField[]] }
  /** Of the step that makes the call. */
  | { in: 'step'; fields: readonly [string, ...string[]] }
  /** Of a reply as a whole: the key that the step writes it with, and the field of fuse_out_header. */
  | { in: 'reply'; key: 'hex' | 'error'; header: 'len' | 'error' | 'unique' | null }
  | null;

export interface CheckPlace {
  blames: Blame;
  /** Whether only some types of mapping or backing have the check: whether it would have come is not known then. */
  byType: boolean;
  /** The check that is asked right after this one in a revision, where that is not the order of the numbers. */
  before: (revision: Revision) => CheckId | null;
  /** Whether a revision has the check at all. */
  isIn: (revision: Revision) => boolean;
}

const IN_ALL = () => true;
const since = (feature: Feature) => (revision: Revision) => has(revision, feature);
const until = (feature: Feature) => (revision: Revision) => !has(revision, feature);

const NO_FIELD: Blame = null;
const mapping = (...fields: [MappingField, ...MappingField[]]): Blame => ({
  in: 'mapping',
  slot: null,
  fields,
});
const mappingOf = (slot: 'read' | 'write', ...fields: [MappingField, ...MappingField[]]): Blame => ({
  in: 'mapping',
  slot,
  fields,
});
const step = (...fields: [string, ...string[]]): Blame => ({ in: 'step', fields });
const reply = (key: 'hex' | 'error', header: 'len' | 'error' | 'unique' | null): Blame => ({
  in: 'reply',
  key,
  header,
});

const ALWAYS = false;
const BY_TYPE = true;
const IN_TURN = () => null;
const before = (check: CheckId) => () => check;
/** From May 2026 on a reply that speaks of the cache goes through the checks on its range first. */
const beforeByCache = (revision: Revision): CheckId =>
  has(revision, 'CACHE_REPLY_IS_CHECKED') ? 'cache-type-flags' : 'flags-unknown';
const MAY = since('OVERWRITE_IS_BARE');
const CACHE_OF_MAY = since('CACHE_REPLY_IS_CHECKED');
const row = (
  blames: Blame,
  byType: boolean,
  before: CheckPlace['before'],
  isIn: CheckPlace['isIn'],
): CheckPlace => ({ blames, byType, before, isIn });

export const CHECK_PLACES: Readonly<Record<CheckId, CheckPlace>> = {
  'type-unknown': row(mapping('type'), ALWAYS, IN_TURN, IN_ALL),
  'flags-unknown': row(mapping('flags'), ALWAYS, IN_TURN, IN_ALL),
  'length-zero': row(mapping('length'), ALWAYS, IN_TURN, IN_ALL),
  'offset-unaligned': row(mapping('offset'), ALWAYS, IN_TURN, IN_ALL),
  'length-unaligned': row(mapping('length'), ALWAYS, IN_TURN, IN_ALL),
  'file-range-overflow': row(mapping('length', 'offset'), ALWAYS, IN_TURN, IN_ALL),
  'offset-past-maxbytes': row(mapping('offset'), ALWAYS, IN_TURN, IN_ALL),
  'dev-missing': row(mapping('dev'), BY_TYPE, IN_TURN, IN_ALL),
  'addr-missing': row(mapping('addr'), BY_TYPE, IN_TURN, IN_ALL),
  'dev-forbidden': row(mapping('dev'), BY_TYPE, IN_TURN, IN_ALL),
  'addr-forbidden': row(mapping('addr'), BY_TYPE, IN_TURN, IN_ALL),
  'overwrite-on-read': row(mapping('type'), BY_TYPE, IN_TURN, IN_ALL),
  'dev-unsupported': row(mapping('dev'), ALWAYS, IN_TURN, until('HAS_IOMAP_DEVICES')),
  'device-range-overflow': row(mapping('addr', 'length'), ALWAYS, IN_TURN, IN_ALL),
  'read-after-pos': row(mappingOf('read', 'offset'), ALWAYS, IN_TURN, IN_ALL),
  'write-after-pos': row(mappingOf('write', 'offset'), ALWAYS, IN_TURN, IN_ALL),
  'read-before-pos': row(mappingOf('read', 'length', 'offset'), ALWAYS, IN_TURN, IN_ALL),
  'write-before-pos': row(mappingOf('write', 'length', 'offset'), ALWAYS, IN_TURN, IN_ALL),
  'dev-not-found': row(mapping('dev'), ALWAYS, IN_TURN, since('HAS_IOMAP_DEVICES')),
  'cache-unavailable': row(mapping('type'), BY_TYPE, beforeByCache, since('HAS_MAPPING_CACHE')),
  'nocache-on-begin': row(mapping('type'), ALWAYS, before('read-after-pos'), since('HAS_MAPPING_CACHE')),
  'ioctl-no-connection': row(step('connection'), ALWAYS, IN_TURN, IN_ALL),
  'ioctl-unknown': row(step('cmd'), ALWAYS, IN_TURN, IN_ALL),
  'open-not-built': row(NO_FIELD, ALWAYS, IN_TURN, IN_ALL),
  'open-copy': row(step('copy'), ALWAYS, IN_TURN, IN_ALL),
  'open-type-unknown': row(step('type'), ALWAYS, IN_TURN, IN_ALL),
  'open-not-permitted': row(NO_FIELD, ALWAYS, IN_TURN, IN_ALL),
  'open-flags': row(step('flags'), ALWAYS, IN_TURN, IN_ALL),
  'open-padding': row(step('padding'), ALWAYS, IN_TURN, IN_ALL),
  'open-badfd': row(step('fd'), ALWAYS, IN_TURN, IN_ALL),
  'open-may-open': row(step('fd'), ALWAYS, IN_TURN, IN_ALL),
  'open-nomem': row(step('allocation'), ALWAYS, IN_TURN, IN_ALL),
  'open-post': row(NO_FIELD, BY_TYPE, IN_TURN, IN_ALL),
  'open-id': row(NO_FIELD, ALWAYS, IN_TURN, IN_ALL),
  'close-not-built': row(NO_FIELD, ALWAYS, IN_TURN, IN_ALL),
  'close-copy': row(step('copy'), ALWAYS, IN_TURN, IN_ALL),
  'close-badid': row(step('id'), ALWAYS, IN_TURN, IN_ALL),
  'close-noent': row(step('id'), ALWAYS, IN_TURN, IN_ALL),
  'close-not-permitted': row(NO_FIELD, ALWAYS, IN_TURN, IN_ALL),
  'close-busy': row(step('id'), BY_TYPE, IN_TURN, IN_ALL),
  'passthrough-badid': row(step('id'), ALWAYS, IN_TURN, IN_ALL),
  'passthrough-noent': row(step('id'), ALWAYS, IN_TURN, IN_ALL),
  'reply-short-header': row(reply('hex', null), ALWAYS, IN_TURN, IN_ALL),
  'reply-length': row(reply('hex', 'len'), ALWAYS, IN_TURN, IN_ALL),
  'reply-error-range': row(reply('error', 'error'), ALWAYS, IN_TURN, IN_ALL),
  'reply-unique': row(reply('hex', 'unique'), ALWAYS, IN_TURN, IN_ALL),
  'reply-error-payload': row(reply('hex', 'error'), ALWAYS, IN_TURN, IN_ALL),
  'reply-size': row(reply('hex', 'len'), ALWAYS, IN_TURN, IN_ALL),
  'overwrite-flags': row(mappingOf('write', 'flags'), BY_TYPE, before('dev-unsupported'), MAY),
  'overwrite-dev': row(mappingOf('write', 'dev'), BY_TYPE, before('dev-unsupported'), MAY),
  'overwrite-addr': row(mappingOf('write', 'addr'), BY_TYPE, before('dev-unsupported'), MAY),
  'cache-type-flags': row(mapping('flags'), BY_TYPE, before('dev-unsupported'), CACHE_OF_MAY),
  'cache-type-dev': row(mapping('dev'), BY_TYPE, before('dev-unsupported'), CACHE_OF_MAY),
  'cache-type-addr': row(mapping('addr'), BY_TYPE, before('dev-unsupported'), CACHE_OF_MAY),
  'retry-uncached-op': row(mappingOf('read', 'type'), BY_TYPE, before('dev-not-found'), CACHE_OF_MAY),
  'atomic-not-mapped': row(mapping('type'), BY_TYPE, before('dev-not-found'), since('CHECKS_ATOMIC')),
  'atomic-no-flag': row(mapping('flags'), BY_TYPE, before('dev-not-found'), since('CHECKS_ATOMIC')),
  'inline-past-mapping': row(step('written'), BY_TYPE, IN_TURN, since('READS_INLINE')),
  'inline-written-more': row(step('inlineWrites'), BY_TYPE, IN_TURN, since('READS_INLINE')),
};
