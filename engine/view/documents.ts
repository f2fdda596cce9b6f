// SPDX-License-Identifier: MIT
/** The project's documents that are read in the page, by the names of their places. */
export const DOCUMENTS = [
  { name: 'howto', file: 'HOWTO.md', title: 'How to', what: 'the page, its tools and the command line' },
  { name: 'limits', file: 'LIMITS.md', title: 'Limits', what: 'what can be trusted, and what is left out' },
  {
    name: 'formats',
    file: 'FORMATS.md',
    title: 'Formats',
    what: 'scenarios, links, cards and files, key by key',
  },
  {
    name: 'api',
    file: 'API.md',
    title: 'The library',
    what: 'running scenarios and servers from your own tests',
  },
  {
    name: 'server-protocol',
    file: 'SERVER-PROTOCOL.md',
    title: 'A server of your own',
    what: 'what a process behind run --server reads and writes',
  },
  { name: 'hosting', file: 'HOSTING.md', title: 'Hosting', what: 'putting a copy of this page on a server' },
] as const;

export type DocumentName = (typeof DOCUMENTS)[number]['name'];

/** What a place is about: `limits`, or `limits/what-is-modelled` for one of its headings; null if it is neither. */
export function documentSubject(part: string): { name: DocumentName; heading: string } | null {
  const [name, heading = '', more] = part.split('/');
  const found = DOCUMENTS.find((one) => one.name === name);
  return found && more === undefined && /^[\w-]*$/.test(heading) ? { name: found.name, heading } : null;
}
