// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { embedSnippet } from './embed-snippet.ts';

it('frames embed.html with the link, editable or not', () => {
  const made = embedSnippet('https://a.example/p/', '#1.2.x', { editable: true, title: 'A hole' });
  expect(made).toContain('src="https://a.example/p/embed.html#1.2.x"');
  expect(made).toContain('title="A hole"');
  const fixed = embedSnippet('https://a.example/p/', '#1.2.x', { editable: false, title: '' });
  expect(fixed).toContain('src="https://a.example/p/embed.html?edit=0#1.2.x"');
  expect(fixed).toContain('title="A scenario of the iomap playground"');
});

it('lets no title out of its attribute', () => {
  const made = embedSnippet('https://a.example/', '#1.2.x', {
    editable: true,
    title: '"><script>alert(1)</script>&',
  });
  expect(made).toContain('title="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;"');
  expect(made.match(/</g)).toHaveLength(2);
});
