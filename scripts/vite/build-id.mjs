// SPDX-License-Identifier: MIT
/**
 * A Vite plugin that marks a page with its build: `<meta name="build">`, and the file build-id.txt beside it.
 * @param {string} id
 * @returns {import('vite').Plugin}
 */
export const markBuild = (id) => ({
  name: 'mark-build',
  transformIndexHtml: () => [{ tag: 'meta', attrs: { name: 'build', content: id }, injectTo: 'head' }],
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'build-id.txt', source: `${id}\n` });
  },
});
