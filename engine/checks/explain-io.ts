// SPDX-License-Identifier: MIT
import { ERRNO, errnoText } from '../kernel/errno.ts';
import { told } from '../kernel/unknown.ts';
import type { Execution, Io, IoCall } from '../run/types.ts';
import type { Scenario, StepOf } from '../scenario/schema.ts';
import { wordsOf } from './check-words.ts';
import type { Explanation, Words } from './verdict-words.ts';
import { explainIoend } from './explain-ioend.ts';
import { directStage } from './direct-stage.ts';
import { count, num } from './format.ts';
import { SILENT_WORDS, failedInside, ignored, rubbishDevice, silentTrouble } from './silent.ts';
import { bytesText, noteSentence, opWords, originWords, otherSentence } from './io-words.ts';
import { warnSentence } from './warn-words.ts';

const ENXIO = -6n;

/** How many spans of a read a sentence lists. */
const SPANS_TOLD = 3;

/** The result of an I/O step, why it failed, and what was lost silently. */
export function explainIo(execution: Execution, io: Io, scenario: Scenario): Explanation {
  return {
    headline: whole(execution, io, scenario),
    sentence: [
      ...main(execution, io, scenario),
      ...silent(io, scenario),
      ...(execution.outcome === 'ok' ? untold(io) : []),
    ].join(' '),
    where: calls(io),
    by: null,
  };
}

/** A call that returns no error may still have gone wrong. */
function whole(execution: Execution, io: Io, scenario: Scenario): string {
  const silently = execution.outcome === 'ok' ? silentTrouble(io, scenario) : null;
  const said = headline(execution, io, scenario);
  return silently === null ? said : `${said}, ${SILENT_WORDS[silently]}`;
}

function headline(execution: Execution, io: Io, scenario: Scenario): string {
  const { do: step, outcome, ret } = execution;
  if (outcome === 'oops') return 'Oops';
  if (outcome === 'waiting' && io.unansweredBy !== undefined) return 'No answer';
  if (outcome === 'waiting') return io.unanswered === null ? 'Still waiting' : 'No reply left';
  const value = ret ?? 0n;
  if (value < 0n) return 'Failed';
  switch (step) {
    case 'pread':
      return `Read ${bytesText(value)}`;
    case 'pwrite':
      return `Wrote ${bytesText(value)}`;
    case 'fiemap':
      return `Found ${count(io.mappedExtents ?? 0n, 'extent')}`;
    case 'seek':
      return `At ${num(value)}`;
    case 'bmap':
      return (io.block ?? 0n) === 0n ? 'No block' : `Block ${num(io.block!)}`;
    case 'fsync':
      return 'Synced';
    case 'fzero':
      return 'Zeroed';
    case 'funshare':
      return 'Unshared';
    case 'iomap_ioend':
      return ended(execution, io, scenario).headline;
    default:
      return `Size ${num(io.sizeBytes)}`;
  }
}

function main(execution: Execution, io: Io, scenario: Scenario): string[] {
  const { outcome, remark } = execution;
  if (outcome === 'oops' || outcome === 'waiting') return [remark ?? ''];
  if (outcome === 'error') return [failure(execution, io, scenario)];
  return [success(execution, io, scenario)];
}

function ended({ step, changes }: Execution, io: Io, { steps }: Scenario): Words {
  return explainIoend(steps[step] as StepOf<'iomap_ioend'>, io, changes);
}

/** Why the call failed: the first thing that went wrong on the way. */
function failure(execution: Execution, io: Io, scenario: Scenario): string {
  const { do: step, ret } = execution;
  const refused = io.calls.find((call) => call.decided !== null);
  const said = `The call failed with ${errnoText(ret ?? 0n)}.`;
  if (refused?.decided != null) {
    const { check, operands, which } = refused.decided;
    const why = wordsOf(check, refused).sentence(operands, which, scenario);
    // The sentence of an edited core says by itself who refused.
    if (refused.trust === 'edited' && why.startsWith('Refused '))
      return `${said} A reply was r${why.slice(1)}`;
    return `${said} A reply was refused (${check}): ${why}`;
  }
  const error = io.calls.find((call) => call.outcome === 'error');
  if (error !== undefined) {
    const stage = directStage(error.request, error.reply) || staysDirect(execution, error, scenario);
    return `${said} The server answered ${errnoText(error.ret ?? 0n)} to ${requestName(error)}.${stage}`;
  }
  const bio = io.events.find((event) => event.kind === 'bio' && event.error !== 0);
  const warned = io.events.some((event) => event.kind === 'warn' && event.warn !== 'bio-read-only');
  if (bio?.kind === 'bio' && !warned) {
    return (
      `${said} ${bio.device} failed a ${opWords(bio.op)} of ${bytesText(bio.lengthBytes)} at sector ` +
      `${num(bio.sector)} with ${errnoText(bio.error)}.`
    );
  }
  // lseek(2): nothing from the position to the end of the file.
  if (step === 'seek' && ret === ENXIO)
    return `${said} There is nothing of what was looked for from there to the end of the file.`;
  return said;
}

/** Why the page cache did not step in after -ENOSYS; '' where it would not have, or did. */
function staysDirect(
  { step: index, ret }: Execution,
  { ret: answered }: IoCall,
  { steps }: Scenario,
): string {
  const step = steps[index];
  if (ret !== BigInt(-ERRNO.EIO) || answered !== BigInt(-ERRNO.ENOSYS)) return '';
  return (step?.do === 'pread' || step?.do === 'pwrite') && step.direct && step.fopenDirectIo
    ? ' The file was opened with FOPEN_DIRECT_IO, so the page cache does not stand in: that is -EIO.'
    : '';
}

function requestName(call: IoCall): string {
  return call.request?.name ?? call.do;
}

function success(execution: Execution, io: Io, scenario: Scenario): string {
  const { do: step, ret } = execution;
  switch (step) {
    case 'pread':
      return readWords(io);
    case 'pwrite':
      return writeWords(io);
    case 'fsync':
      return writtenBack(io);
    case 'fiemap':
      return extentWords(io.mappedExtents ?? 0n, io);
    case 'seek':
      return `The search stopped at byte ${num(ret ?? 0n)}.`;
    case 'bmap':
      return (io.block ?? 0n) === 0n
        ? 'bmap reports no errors: it returns 0 for anything without a block.'
        : `The block lies at device block ${num(io.block!)}.`;
    case 'funshare':
      return 'Shared blocks that were found are in the page cache now, dirty: they move when they are written back.';
    case 'iomap_ioend':
      return ended(execution, io, scenario).sentence;
    default:
      return `The file has ${bytesText(io.sizeBytes)} now.`;
  }
}

function readWords({ origins }: Io): string {
  if (origins.length === 0) return 'There was nothing to read: the file ends before it.';
  const told = origins.slice(0, SPANS_TOLD).map((span) => {
    const cached = span.cached && span.origin === 'device' ? ', through the page cache' : '';
    const from = originWords(span.origin, span.device, span.sector);
    return `${bytesText(span.lengthBytes)}${from.startsWith('from ') ? '' : ':'} ${from}${cached}`;
  });
  const rest = origins.length - told.length;
  return `${told.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}.`;
}

function writeWords(io: Io): string {
  const cached = io.events.some((event) => event.kind === 'bytes' && event.origin === 'written');
  return cached ? `The bytes are in the page cache, dirty. ${writtenBack(io)}`.trim() : writtenBack(io);
}

/** The device requests that succeeded. */
function writtenBack(io: Io): string {
  const written = new Map<string, bigint>();
  for (const event of io.events) {
    if (event.kind !== 'bio' || event.op !== 'write' || event.error !== 0) continue;
    written.set(event.device, (written.get(event.device) ?? 0n) + event.lengthBytes);
  }
  if (written.size === 0) return 'No device was written to.';
  const parts = [...written].map(([device, lengthBytes]) => `${bytesText(lengthBytes)} to ${device}`);
  return `Written: ${parts.join(', ')}.`;
}

function extentWords(found: bigint, { extents }: Io): string {
  const listed = extents?.length ?? 0;
  if (found === 0n) return 'The server has no mapping for it but holes.';
  return BigInt(listed) < found || listed === 0 ? 'They were counted, not listed.' : 'They are listed below.';
}

/** What is reported to nobody: warnings, data that reached no device, ioends whose refusal is ignored. */
function silent(io: Io, scenario: Scenario): string[] {
  const sentences = new Set<string>();
  let lost = 0n;
  for (const event of io.events) {
    if (event.kind === 'warn') sentences.add(warnSentence(event, scenario));
    if (event.kind === 'note') sentences.add(noteSentence(event, scenario));
    if (event.kind === 'other') sentences.add(otherSentence(event));
    if (event.kind === 'bytes' && event.origin === 'not-written') lost += event.lengthBytes;
  }
  if (lost > 0n) {
    sentences.add(
      `${bytesText(lost)} reached no device: the server answered a HOLE when they were to be written back. ` +
        'That is not an error to the kernel; they can be read until they leave the page cache.',
    );
  }
  for (const call of io.calls) {
    const rubbish = rubbishDevice(call, scenario);
    if (rubbish !== null)
      sentences.add(
        `${rubbish} came by an O_PATH descriptor: no block device is behind it, and what a kernel does here is undefined.`,
      );
    if (!ignored(call)) continue;
    sentences.add(
      `The server answered ${errnoText(call.ret ?? 0n)} to an ioend of writeback, which the kernel ignores.`,
    );
  }
  return [...sentences];
}

/** The first call that failed without an error to the caller. */
function untold({ calls }: Io): string[] {
  const call = calls.find(failedInside);
  if (call === undefined) return [];
  const at = call.request === null ? '' : ` at ${num(call.request.pos)}`;
  const by = call.decided === null ? '' : ` (${told('check', call.decided.check)})`;
  return [
    `${requestName(call)}${at} failed with ${errnoText(call.ret ?? 0n)}${by}; the caller gets no error.`,
  ];
}

/** `2 mappings, 1 end, 1 ioend`. */
function calls(io: Io): string {
  const sent = (name: IoCall['do']) =>
    io.calls.filter((call) => call.do === name && call.request !== null).length;
  const parts = [
    [sent('iomap_begin'), 'mapping'],
    [sent('iomap_end'), 'end'],
    [sent('iomap_ioend'), 'ioend'],
    [sent('setattr'), 'setattr'],
    [sent('fallocate'), 'fallocate'],
  ] as const;
  const told = parts.flatMap(([many, what]) => (many === 0 ? [] : [count(BigInt(many), what)]));
  return told.length === 0 ? 'the server was not asked' : `the server was asked: ${told.join(', ')}`;
}
