// SPDX-License-Identifier: MIT
/** The values that an acceptance map can vary: fields of the reply, of the question, and the inode's block size. */

const FIELDS_OF_SLOT = ['offset', 'length', 'addr', 'type', 'flags', 'dev'] as const;

/** In the order that a choice offers them. */
export const MAP_FIELDS = [
  ...FIELDS_OF_SLOT.map((field) => `read.${field}` as const),
  ...FIELDS_OF_SLOT.map((field) => `write.${field}` as const),
  'pos',
  'count',
  'blockSize',
] as const;
export type MapField = (typeof MAP_FIELDS)[number];

/** The two that vary: across, and up. */
export type MapAxes = readonly [across: MapField, up: MapField];

export const USUAL_AXES: MapAxes = ['read.offset', 'read.length'];

export const isMapField = (text: string): text is MapField => MAP_FIELDS.some((field) => field === text);

/** The slot and the field of a reply; null for what is none of the reply's. */
export function slotOf(
  field: MapField,
): { slot: 'read' | 'write'; field: (typeof FIELDS_OF_SLOT)[number] } | null {
  const [slot, name] = field.split('.');
  const own = FIELDS_OF_SLOT.find((one) => one === name);
  return own !== undefined && (slot === 'read' || slot === 'write') ? { slot, field: own } : null;
}

/** The axes that an address names, `read.offset,read.length`; null if it does not name two. */
export function axesOf(text: string): MapAxes | null {
  const [across, up, ...rest] = text.split(',');
  if (across === undefined || up === undefined || rest.length > 0 || across === up) return null;
  return isMapField(across) && isMapField(up) ? [across, up] : null;
}

/** How an address names them. */
export const axesText = (axes: MapAxes): string => axes.join(',');
