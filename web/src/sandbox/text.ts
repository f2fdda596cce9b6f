// SPDX-License-Identifier: MIT
import engine from 'virtual:sandbox-engine';

/** The text of the sandbox's worker, and where the lines of the code stand in it. */
export function workerText(code: string): { text: string; linesBefore: number; lines: number } {
  const before = `${engine}\nserve(function (exports, require, module, log, console) {\n`;
  const linesBefore = before.split('\n').length - 1;
  return { text: `${before}${code}\n});\n`, linesBefore, lines: code.split('\n').length };
}
