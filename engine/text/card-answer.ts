// SPDX-License-Identifier: MIT
import { doubted } from '../checks/consequence.ts';
import { followsFrom } from '../checks/follows-from.ts';
import { operandText } from '../checks/operand-text.ts';
import { ungrouped } from '../kernel/digits.ts';
import { wordsOf, explain, isSilent } from '../checks/words.ts';
import { errnoText } from '../kernel/errno.ts';
import type { Execution, Iomap, Run } from '../run/types.ts';
import type { Scenario } from '../scenario/schema.ts';
import { CARD_COLUMNS } from './card-rows.ts';
import { checkLines } from './checks.ts';
import { followsLines, followsTrust } from './follows.ts';
import { clean } from '../kernel/clean.ts';
import { prose, row } from './line.ts';
import type { Line, TextOptions } from './line.ts';
import { iomapParts, mappingParts, opText } from './values.ts';

const OPTIONS: TextOptions = { width: CARD_COLUMNS, ascii: true, verbose: false };

const TRUST: Readonly<Record<Execution['trust'], string>> = {
  running: 'seen on a running kernel',
  golden: 'checked against compiled kernel C',
  reading: 'by reading the source, not checked against compiled C',
  edited: 'by an edited core, which nobody checked',
};

/** The kernel's answer to the chosen step: for people, no program reads it back. */
export function answerLines(execution: Execution, run: Run, scenario: Scenario): string[] {
  const { headline, sentence, where } = explain(execution, scenario);
  const follows = followsFrom(run, scenario, execution.index);
  // What an edited core answers, the revision that it was made of does not.
  const revision = execution.trust === 'edited' ? `edited from ${run.revision}` : run.revision;
  const ret = execution.ret === null ? 'returned nothing' : `returned ${errnoText(execution.ret)}`;
  const remarks = [
    ...(where === '' ? [] : [where]),
    TRUST[execution.trust],
    ...followsTrust(follows, execution.trust),
    revision,
  ];
  const lines: Line[] = [
    ...requestLines(execution),
    ...replyLines(execution),
    ...checkLines(execution, OPTIONS),
    ...operandLines(execution),
    ...row('verdict', [isSilent(execution, scenario) ? headline : doubted(headline, follows), ret], OPTIONS),
    ...prose('', clean(sentence, true), OPTIONS),
    ...followsLines(follows, OPTIONS),
    ...prose('', remarks.join('; '), OPTIONS),
    ...structLines(execution),
  ];
  return lines.map(({ text }) => ungrouped(text));
}

function requestLines({ request }: Execution): Line[] {
  if (request === null) return [];
  const { name, nodeid, attr_ino, opflags, pos, count, written, map } = request;
  const parts = [
    name,
    `nodeid ${nodeid}`,
    `attr_ino ${attr_ino}`,
    `opflags ${opText(opflags)}`,
    `pos ${pos}`,
    `count ${count}`,
    ...(written === null ? [] : [`written ${errnoText(written)}`]),
  ];
  return [
    ...row('request', parts, OPTIONS),
    ...(map === null ? [] : row('  map', mappingParts(map), OPTIONS)),
  ];
}

/** The bytes' fields only where the rows of the step do not show them: what libfuse fills in, raw answers. */
function replyLines({ reply }: Execution): Line[] {
  if (reply === null) return [];
  const { bytes, header, write, writeFilledIn, writeRet } = reply;
  const parts = [
    `${bytes.length} bytes`,
    ...(header === null ? [] : [`error ${errnoText(header.error)}`]),
    ...(writeRet < 0 ? [`write() ${errnoText(writeRet)}`] : []),
  ];
  const filledIn =
    writeFilledIn && write !== null
      ? row('  write', [...mappingParts(write), 'as libfuse fills it in'], OPTIONS)
      : [];
  return [...row('reply', parts, OPTIONS), ...filledIn];
}

function operandLines(execution: Execution): Line[] {
  const { decided } = execution;
  if (decided === null || decided.operands.length === 0) return [];
  const names = wordsOf(decided.check, execution).operands;
  const values = decided.operands.map((value, i) => operandText(decided.check, names[i] ?? '', value));
  return row('', ['with', ...values.join(', ').split(' ')], OPTIONS, 'plain', ' ');
}

function structLines(execution: Execution): Line[] {
  if (execution.do !== 'iomap_begin' || execution.outcome !== 'ok') return [];
  const lines = (label: string, iomap: Iomap | null) =>
    row(label, iomap === null ? ['untouched: a zeroed HOLE'] : iomapParts(iomap), OPTIONS);
  return [...lines('iomap', execution.iomap), ...lines('srcmap', execution.srcmap)];
}
