// SPDX-License-Identifier: MIT
import type { MapStep } from '#engine/map/edits.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import type { MapAnswer, MapAsked } from '#engine/view/map/protocol.ts';

/** What a map is of. */
export interface MapSubject {
  scenario: Scenario;
  /** Index of the step, from 0. */
  step: number;
  of: MapStep;
}

/** Ids as they come: `drawn` counts the parts, since the arrays are written in place. */
export interface Ids {
  asked: MapAsked;
  sides: Uint16Array[];
  drawn: number;
  whole: boolean;
}

/** What the ordinary run says of a point. */
export type PointWords = Extract<MapAnswer, { kind: 'point' }>;
