// SPDX-License-Identifier: MIT
import { ordinal, placeText } from '../kernel/ordinal.ts';
import { doubted, worstOf, type Consequence } from '../checks/consequence.ts';
import { consequences } from '../checks/consequences.ts';
import { plain } from '../checks/format.ts';
import { explain, isSilent } from '../checks/words.ts';
import { errnoText } from '../kernel/errno.ts';
import { has } from '../kernel/has-feature.ts';
import type { Execution, Iomap, Mismatch, Reply, Request } from '../run/types.ts';
import type { Scenario } from '../scenario/schema.ts';
import { callParts } from './call.ts';
import { changeText, eventText } from './changes.ts';
import { checkLines } from './checks.ts';
import { followsLines, followsTrust } from './follows.ts';
import { ioLines } from './io.ts';
import { clean } from '../kernel/clean.ts';
import { TEXT_DEFAULTS, marks, prose, row, spread } from './line.ts';
import type { Line, TextOptions, Tone } from './line.ts';
import { iomapParts, mappingParts, opText, retText } from './values.ts';

const TONE: Readonly<Record<Execution['outcome'], Tone>> = {
  ok: 'pass',
  refused: 'fail',
  error: 'fail',
  waiting: 'audit',
  'retry-cache': 'audit',
  'not-called': 'quiet',
  oops: 'fail',
};

/** How far a verdict can be trusted. */
const TRUST: Readonly<Record<Execution['trust'], string>> = {
  running: 'seen on a running kernel',
  golden: 'checked against compiled kernel C',
  reading: 'by reading the source, not checked against compiled C',
  edited: 'by an edited core, which nobody checked',
};

/**
 * One execution of a step as plain text: what was asked, answered, checked, decided and changed.
 * @param follows what follows from it, from followsFrom(); left out, what its own I/O was tried for
 */
export function stepText(
  execution: Execution,
  scenario: Scenario,
  given: Partial<TextOptions> = {},
  follows: readonly Consequence[] = consequences(execution, execution.foreseen ?? null, scenario),
): Line[] {
  const options = { ...TEXT_DEFAULTS, ...given };
  const step = scenario.steps[execution.step];
  if (step === undefined) throw new RangeError(`the scenario has no step ${ordinal(execution.step)}`);
  const { headline: said, sentence, where } = explain(execution, scenario);
  // A headline that tells of trouble already tells no more.
  const silent = isSilent(execution, scenario);
  const headline = silent ? said : doubted(said, follows);
  const isDoubted = silent || worstOf(follows) !== null;
  const tone = isDoubted ? 'audit' : TONE[execution.outcome];
  const call = callParts(step, execution.request !== null);
  return [
    heading(execution, step.times, headline, options),
    ...(!step.note?.trim() ? [] : prose('note', clean(step.note, options.ascii), options, 'quiet')),
    ...(call.length === 0 ? [] : row('call', call, options)),
    ...requestLines(execution.request, options),
    ...replyLines(execution.reply, options),
    ...(execution.io === null ? checkLines(execution, options) : ioLines(execution.io, scenario, options)),
    ...row('verdict', [headline, ...returned(execution)], options, tone),
    ...prose('', clean(sentence, options.ascii), options),
    ...followsLines(follows, options),
    ...prose(
      '',
      `(${[...(where === '' ? [] : [where]), TRUST[execution.trust], ...followsTrust(follows, execution.trust)].join('; ')})`,
      options,
      'quiet',
    ),
    ...structLines(execution, options),
    ...changeLines(execution, scenario, options),
    ...execution.log.flatMap(({ text }) => prose('log', clean(text, options.ascii), options, 'quiet')),
    ...execution.unmet.flatMap((mismatch) => mismatchLines(mismatch, options)),
  ];
}

/** An expectation that did not hold, in one sentence. */
export function mismatchText({ path, expected, actual }: Mismatch): string {
  return `${placeText(path)}: expected ${expected}, got ${actual}`;
}

function mismatchLines(mismatch: Mismatch, options: TextOptions): Line[] {
  return prose('UNMET', clean(mismatchText(mismatch), options.ascii), options, 'fail');
}

function heading(
  { step, repeat, do: name, ret }: Execution,
  times: number,
  headline: string,
  options: TextOptions,
) {
  const which = times > 1 ? ` (${ordinal(repeat)} of ${times})` : '';
  const verdict = ret === null || ret >= 0n ? headline : `${headline}  ${errnoText(ret)}`;
  return spread(`step ${ordinal(step)}  ${name}${which}`, verdict, options, 'title');
}

function returned({ ret }: Execution): string[] {
  return ret === null ? ['returned nothing'] : [`returned ${retText(ret)}`];
}

function requestLines(request: Request | null, options: TextOptions): Line[] {
  if (request === null) return [];
  const { name, unique, nodeid, opflags, attr_ino, pos, count, written, map } = request;
  return [
    ...row(
      'request',
      [
        name,
        `unique ${plain(unique)}`,
        `nodeid ${plain(nodeid)}`,
        `attr_ino ${plain(attr_ino)}`,
        `opflags ${opText(opflags)}`,
        `pos ${plain(pos)}`,
        `count ${plain(count)}`,
        ...(written === null ? [] : [`written ${errnoText(written)}`]),
      ],
      options,
    ),
    ...(map === null ? [] : row('  map', mappingParts(map), options)),
  ];
}

function replyLines(reply: Reply | null, options: TextOptions): Line[] {
  if (reply === null) return [];
  const { bytes, header, read, write, writeFilledIn, writeRet } = reply;
  const took = writeRet < 0 ? [`write() ${errnoText(writeRet)}`] : [];
  const said = header === null ? [] : [`error ${errnoText(header.error)}`, `unique ${plain(header.unique)}`];
  return [
    ...row('reply', [`${bytes.length} bytes`, ...said, ...took], options),
    ...(read === null ? [] : row('  read', mappingParts(read), options)),
    ...(write === null
      ? []
      : row(
          '  write',
          [...mappingParts(write), ...(writeFilledIn ? ['(left out: a copy of read)'] : [])],
          options,
        )),
  ];
}

function structLines(execution: Execution, options: TextOptions): Line[] {
  if (execution.do !== 'iomap_begin' || execution.outcome !== 'ok') return [];
  const lines = (label: string, iomap: Iomap | null) =>
    row(label, iomap === null ? ['untouched: a zeroed HOLE'] : iomapParts(iomap), options);
  return [...lines('iomap', execution.iomap), ...lines('srcmap', execution.srcmap)];
}

function changeLines({ changes: all, events }: Execution, scenario: Scenario, options: TextOptions): Line[] {
  const { arrow } = marks(options);
  // There is no cursor where the lowest free id is taken: the verdict's sentence says it.
  const hidesCursor = has(scenario.kernel.revision, 'LOWEST_FREE_ID');
  const changes = all.filter(({ kind }) => kind !== 'cursor' || !hidesCursor);
  const taken = events.flatMap((event) => eventText(event, arrow) ?? []);
  return [
    ...(taken.length === 0 ? [] : row('refs', taken, options, 'plain', ', ')),
    ...(changes.length === 0
      ? []
      : row(
          'changed',
          changes.map((change) => changeText(change, arrow)),
          options,
          'plain',
          '; ',
        )),
  ];
}
