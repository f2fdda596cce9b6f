// SPDX-License-Identifier: MIT
import type { Sources } from '#engine/core-edit/types.ts';

// The texts, put into the program when it is built: an installed package has no assembly/ beside it.
const files = import.meta.glob<string>(['../assembly/**/*.ts', '!**/*.d.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The source of the core as it was shipped. */
export const SHIPPED: Sources = Object.fromEntries(
  Object.entries(files).map(([path, text]) => [path.replace('../', ''), text]),
);
