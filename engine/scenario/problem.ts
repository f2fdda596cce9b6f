// SPDX-License-Identifier: MIT
/** Something in a document that needs its author's attention: where, what was expected, what to do. */
export interface Problem {
  severity: 'error' | 'warning' | 'info';
  /** One or two sentences: what is wrong, what was expected. */
  message: string;
  /** Where in the document value: ['steps', 2, 'reply', 'read', 'type']. */
  path: (string | number)[];
  /** UTF-16 offsets into the text; end is exclusive. */
  start: number;
  end: number;
  /** 1-based, for words and editors. */
  line: number;
  column: number;
}
