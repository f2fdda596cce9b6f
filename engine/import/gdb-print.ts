// SPDX-License-Identifier: MIT

const FIELD = /(^|[{(,\s])(read|write|offset|length|addr|type|flags|dev)\s{0,4}=\s/g;
const VALUE = /^\s*(?:\([\w\s*]{1,80}\)\s*)?\$\d{1,6}\s*=\s*\{/;
const COMMAND = /^\s*\((?:gdb|lldb)\)\s+(?:p|print|output|inspect|expr|v|frame variable)\b(.*)$/;
/** A field on a line of its own, as lldb and gdb's "set print pretty" have it. */
const OWN_LINE = /^\s*\w+\s*=\s*(?:0x[0-9a-f]+|-?\d+|[A-Z]\w*)\s*$/;

/** Whether a text looks like structs as gdb or lldb print them, for sniffing. */
export function looksLikePrinted(text: string): boolean {
  return /\$\d{1,6}\s{0,4}=\s{0,4}\{[\s>|]{0,80}(?:read|write|offset)\s{0,4}=/.test(text);
}

/**
 * What a debugger prints of the two structs as C, line by line: `$1 = {read = {offset = 0, …` becomes an initialiser of
 * struct fuse_iomap_begin_out. A struct of one mapping has the name that it was asked for by.
 */
export function printedAsC(text: string): string {
  let asked = '';
  return text
    .split('\n')
    .map((line, i, all) => {
      const command = COMMAND.exec(line);
      if (command !== null) {
        asked = command[1]!;
        return '';
      }
      const head = VALUE.exec(line);
      if (head === null && !line.includes('=') && !/^[\s{}(),]*$/.test(line)) return '';
      const rest = head === null ? line : line.slice(head[0].length);
      const next = head === null ? '' : (rest + (all[i + 1] ?? '')).trimStart();
      const both = /^(?:read|write)\b/.test(next);
      const name = /write/i.test(asked) ? 'write' : 'read';
      const opened = both ? 'struct fuse_iomap_begin_out out = {' : `struct fuse_iomap_io ${name} = {`;
      const ends = OWN_LINE.test(rest) ? ',' : '';
      return (head === null ? '' : opened) + rest.replace(FIELD, '$1.$2 = ').replace(/^\s*\.?\}/, '}') + ends;
    })
    .join('\n')
    .replace(/\}\s*\n(\s*)(?=\.(?:read|write)\s*=)/g, '},\n$1');
}
