// SPDX-License-Identifier: MIT
/** Searches for a reply, small ones first, by asking the core. */

import { FUSE_IOMAP_TYPE, IOMAP_OP, NULL_ADDR } from '../kernel/names.ts';
import { pureOverwrite } from '../kernel/wire.ts';
import type { WireMapping } from '../run/types.ts';
import { allPlaces, boundaryValues, fieldEdits, slotEdits } from './candidates.ts';
import type { Probe, Verdict } from './probe.ts';
import { FIELDS, applyEdit, fieldOf, keyOf, mappingsOf, type Mappings } from './reply.ts';

export interface FoundReply {
  mappings: Mappings;
  op: number;
  /** One for each probe. */
  verdicts: Verdict[];
  evaluations: number;
}

export interface FindProgress {
  /** How many edits away from the simplest replies, or that what was found is being made smaller. */
  stage: number | 'shrink';
  evaluations: number;
}

export interface FindOptions {
  /** Replies that are tried at most before the search gives up. */
  maxReplies?: number;
}

/** What is looked for. */
export interface Wanted {
  /** How well a reply does, from the verdicts of all probes on it and the operation: 0 not at all, more is better. */
  rank: (verdicts: readonly Verdict[], op: number) => number;
  /** The best rank there is: once it is found among the simplest replies, no others are tried. */
  best: number;
}

const REPORT_EVERY = 500;
const MAX_REPLIES = 200_000;
/** Edits away from the simplest replies. */
const STAGES = 2;

interface Try {
  mappings: Mappings;
  op: number;
}

/**
 * Looks for the smallest reply with these verdicts: the simplest replies first, then every one that is an edit
 * away from them, then two, over the boundary values of every field and a few operations; then makes what it
 * found smaller as long as it keeps its verdicts. Returns null if none of them has these verdicts.
 *
 * A generator: run it to the end, or abandon it. The probes are of the same scenario and step.
 */
export function* findReply(
  probes: readonly Probe[],
  wanted: Wanted,
  { maxReplies = MAX_REPLIES }: FindOptions = {},
): Generator<FindProgress, FoundReply | null> {
  const [probe] = probes;
  if (probe === undefined) return null;
  const ask = ({ mappings, op }: Try) => probes.map((one) => one.evaluate(mappings, op));
  const worth = (one: Try) => wanted.rank(ask(one), one.op);
  const seen = new Set<string>();
  let replies = 0;
  let frontier = simplest(probe);
  let best: Try | null = null;
  let rank = 0;
  for (let stage = 0; stage <= STAGES; stage++) {
    const next: Try[] = [];
    for (const one of stage === 0 ? frontier : around(probe, frontier)) {
      const key = `${one.op}/${keyOf(one.mappings)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      next.push(one);
      const here = worth(one);
      if (here > rank || (here > 0 && here === rank && best !== null && cost(one) < cost(best))) {
        [best, rank] = [one, here];
      }
      if (++replies % REPORT_EVERY === 0) yield { stage, evaluations: replies * probes.length };
      if (replies >= maxReplies) break;
    }
    if (best !== null && (rank >= wanted.best || stage > 0 || replies >= maxReplies)) {
      yield { stage: 'shrink', evaluations: replies * probes.length };
      const small = shrunk(probe, best, (one) => {
        replies++;
        return worth(one) >= rank;
      });
      return { ...small, verdicts: ask(small), evaluations: (replies + 1) * probes.length };
    }
    if (replies >= maxReplies) break;
    frontier = next;
  }
  return null;
}

/** A hole and a mapping of a block, with the write slot left out and filled in; and the scenario's own reply. */
function simplest(probe: Probe): Try[] {
  const { step, inode, before } = probe;
  const block = BigInt(inode.blockSize);
  const dev = before.entries.find(({ type }) => type === 'IOMAP')?.id ?? 0;
  const at = { offset: step.pos - (step.pos % block), length: block, flags: 0 };
  const hole: WireMapping = { ...at, addr: NULL_ADDR, type: FUSE_IOMAP_TYPE.HOLE, dev: 0 };
  const mapped: WireMapping = { ...at, addr: 0n, type: FUSE_IOMAP_TYPE.MAPPED, dev };
  const own = mappingsOf(step.reply);
  const replies: Mappings[] = [
    { read: hole, write: null },
    { read: mapped, write: null },
    { read: hole, write: pureOverwrite(hole) },
    { read: mapped, write: pureOverwrite(mapped) },
    { read: mapped, write: mapped },
    ...(own === null ? [] : [own]),
  ];
  const ops = new Set([step.op, 0, IOMAP_OP.WRITE, IOMAP_OP.WRITEBACK]);
  return replies.flatMap((mappings) => [...ops].map((op) => ({ mappings, op })));
}

function* around(probe: Probe, frontier: readonly Try[]): Generator<Try> {
  for (const { mappings, op } of frontier) {
    const edits = [
      ...allPlaces(mappings).flatMap((place) => fieldEdits(probe, mappings, place)),
      ...slotEdits(probe, mappings, 'read'),
      ...slotEdits(probe, mappings, 'write'),
    ];
    for (const edit of edits) yield { mappings: applyEdit(mappings, edit), op };
  }
}

/** How much there is to read in a reply: fields that are not zero, and their digits. */
function cost({ mappings: { read, write }, op }: Try): number {
  const ofMap = (map: WireMapping) =>
    FIELDS.reduce((sum, field) => sum + costOf(fieldOf(map, field), field === 'addr'), 0);
  return ofMap(read) + (write === null ? 0 : 20 + ofMap(write)) + costOf(BigInt(op >>> 0), false);
}

function costOf(value: bigint, isAddress: boolean): number {
  if (value === 0n) return 0;
  return isAddress && value === NULL_ADDR ? 8 : 8 + value.toString(2).length;
}

/** The cheapest reply that repeated simplification leads to, each step keeping the wanted verdicts. */
function shrunk(probe: Probe, start: Try, keeps: (one: Try) => boolean): Try {
  let now = start;
  for (;;) {
    const better = simpler(probe, now)
      .filter((one) => cost(one) < cost(now))
      .sort((a, b) => cost(a) - cost(b))
      .find(keeps);
    if (better === undefined) return now;
    now = better;
  }
}

function simpler(probe: Probe, { mappings, op }: Try): Try[] {
  const fields = allPlaces(mappings).flatMap(({ slot, field }) => {
    const from = fieldOf(mappings[slot]!, field);
    const values = new Set([0n, from >> 1n, ...boundaryValues(probe, mappings, slot, field)]);
    return [...values].map((to) => applyEdit(mappings, { kind: 'field', slot, field, from, to }));
  });
  const withoutWrite = mappings.write === null ? [] : [{ ...mappings, write: null }];
  const ops = Array.from({ length: 32 }, (_, bit) => (op & ~(1 << bit)) >>> 0);
  return [
    ...[...withoutWrite, ...fields].map((simple) => ({ mappings: simple, op })),
    ...[0, ...ops].map((less) => ({ mappings, op: less })),
  ];
}
