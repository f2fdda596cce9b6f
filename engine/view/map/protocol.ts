// SPDX-License-Identifier: MIT
/** What the page and the worker of maps say to each other. Every answer repeats its question's number. */
import type { Explanation } from '../../checks/explain.ts';
import type { Revision } from '../../kernel/features.ts';
import type { MapAxes } from '../../map/fields.ts';
import type { MapPart } from '../../map/render.ts';
import type { Scenario } from '../../scenario/schema.ts';

export interface MapAsked {
  scenario: Scenario;
  step: number;
  axes: MapAxes;
  xs: readonly bigint[];
  ys: readonly bigint[];
  /** One, or two to be compared. */
  revisions: readonly Revision[];
}

export type MapQuestion =
  | ({ kind: 'map'; seq: number } & MapAsked)
  /** Beside a map: what the ordinary run says of a scenario, at a step. */
  | { kind: 'point'; seq: number; scenario: Scenario; step: number };

export type MapAnswer =
  | { kind: 'part'; seq: number; side: number; part: MapPart }
  | { kind: 'whole'; seq: number; points: number; milliseconds: number }
  /** There is no map, for this reason. */
  | { kind: 'none'; seq: number; why: string }
  | { kind: 'point'; seq: number; words: Explanation; predicate: string | null; ret: bigint | null }
  | { kind: 'failed'; seq: number; message: string };
