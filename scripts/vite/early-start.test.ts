// SPDX-License-Identifier: MIT
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { earlyLines, withEarlyLines } from './early-start.mjs';

const PAGE = `<meta content="script-src 'self'; style-src 'self'" /><title>t</title><link rel="stylesheet" />`;

test('the lines stand before all that loads, and the policy allows them and no others', () => {
  const lines = earlyLines('./w.js', './c.wasm', 'v6-04');
  const html = withEarlyLines(PAGE, lines);
  const script = /<script>(.*)<\/script>/.exec(html)!;
  expect(script[1]).toBe(lines);
  expect(script.index).toBeLessThan(html.indexOf('<link'));
  expect(script.index).toBeGreaterThan(html.indexOf('script-src'));
  const hash = createHash('sha256').update(script[1]!).digest('base64');
  expect(html).toContain(`script-src 'self' 'sha256-${hash}';`);
});

test('a page without a policy or a title is not passed over in silence', () => {
  expect(() => withEarlyLines('<title>t</title>', 'x')).toThrow('script-src');
  expect(() => withEarlyLines(PAGE.replace('</title>', ''), 'x')).toThrow('</title>');
});
