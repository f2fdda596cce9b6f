// SPDX-License-Identifier: MIT
// In place of ts-interface-checker, whose licence may not be bundled here (scripts/licences.mjs): sucrase checks its own
// options with it. Ours are written in TypeScript, which has checked them.

const type = () => ({});
export const array = type;
export const iface = type;
export const lit = type;
export const opt = type;
export const union = type;
export const name = type;
export const func = type;
export const param = type;
export const intersection = type;
export const tuple = type;
export const enumlit = type;
export const enumtype = type;

export const createCheckers = () => ({ Options: { strictCheck() {}, check() {} } });
