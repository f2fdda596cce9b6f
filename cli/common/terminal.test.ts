// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { wantsColour } from './terminal.ts';

test.each([
  [{ isTTY: true }, {}, true],
  [{ isTTY: true }, { TERM: 'xterm-256color', NO_COLOR: '' }, true],
  [{ isTTY: true }, { NO_COLOR: '1' }, false],
  [{ isTTY: true }, { TERM: 'dumb' }, false],
  [{ isTTY: false }, {}, false],
  [{}, {}, false],
])('colour on %o with %o: %s', (stream, env, colour) => {
  expect(wantsColour(stream, env)).toBe(colour);
});
