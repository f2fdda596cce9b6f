// SPDX-License-Identifier: MIT
import { ordinal } from '../kernel/ordinal.ts';
import { isUnknown, told, unknownNumber, type Unknown } from '../kernel/unknown.ts';
import { plain } from '../checks/format.ts';
import { noteSentence, opWords, originWords, otherSentence } from '../checks/io-words.ts';
import { warnSentence } from '../checks/warn-words.ts';
import { errnoText } from '../kernel/errno.ts';
import { FIEMAP_EXTENT, FUSE_IOMAP_IOEND } from '../kernel/names.ts';
import type { FiemapExtent, Io, IoCall, IoEvent, OriginId, OriginSpan } from '../run/types.ts';
import type { Scenario } from '../scenario/schema.ts';
import { prose, row, type Line, type TextOptions } from './line.ts';
import { flagText, iomapParts, mappingParts, opText } from './values.ts';

/** How many lines of one kind a step shows. */
const LINES = 24;
/** Bytes that a read shows. */
const HEAD_BYTES = 16;

/** What an I/O step did: each call to the server and each device request on its own line, then the result. */
export function ioLines(io: Io, scenario: Scenario, options: TextOptions): Line[] {
  return [
    ...loopLines(io, scenario, options),
    ...dataLines(io, options),
    ...io.origins.slice(0, LINES).flatMap((span, i) => row(i === 0 ? 'from' : '', [spanText(span)], options)),
    ...more(io.origins.length, 'spans', options),
    ...(options.filefrag ? [] : extentLines(io.extents ?? [], options)),
  ];
}

function extentLines(extents: readonly FiemapExtent[], options: TextOptions): Line[] {
  return [
    ...extents
      .slice(0, LINES)
      .flatMap((extent, i) => row(i === 0 ? 'extents' : '', extentParts(extent), options)),
    ...more(extents.length, 'extents', options),
  ];
}

function more(total: number, what: string, options: TextOptions): Line[] {
  return total <= LINES ? [] : prose('', `and ${total - LINES} more ${what}`, options, 'quiet');
}

/** Calls and events in the order in which they happened. */
function loopLines(io: Io, scenario: Scenario, options: TextOptions): Line[] {
  const entries: Line[][] = [];
  let at = 0;
  io.calls.forEach((call, i) => {
    for (; (io.events[at]?.after ?? Infinity) <= i; at++) {
      entries.push(eventLines(io.events[at]!, scenario, options));
    }
    entries.push(callLines(call, options));
  });
  for (; at < io.events.length; at++) entries.push(eventLines(io.events[at]!, scenario, options));
  const shown = entries.filter((lines) => lines.length > 0);
  return [
    ...shown.slice(0, LINES).flat(),
    ...more(shown.length + (shown.length > LINES ? io.eventsLeftOut : 0), 'lines', options),
  ];
}

const NAMES: Readonly<Record<Exclude<IoCall['do'], Unknown>, string>> = {
  iomap_begin: 'begin',
  iomap_end: 'end',
  iomap_ioend: 'ioend',
  setattr: 'setattr',
  fallocate: 'fallocate',
};

const nameOf = (call: IoCall['do']): string =>
  isUnknown(call) ? `call ${unknownNumber(call)}?` : NAMES[call];

function callLines(call: IoCall, options: TextOptions): Line[] {
  const { request, reply, decided, outcome, ret, iomap, srcmap } = call;
  const failed = outcome !== 'ok';
  if (request === null) return row(nameOf(call.do), ['not sent'], options, 'quiet');
  const verdict =
    decided !== null
      ? [
          `${errnoText(ret ?? 0n)} (${told('check', decided.check)}${decided.which === null ? '' : `, ${told('mapping', decided.which)}`})`,
        ]
      : [outcome === 'waiting' ? 'no answer' : ret === 0n ? 'ok' : errnoText(ret ?? 0n)];
  const answer =
    failed && reply?.read != null && decided !== null
      ? row('  reply', mappingParts(decided.which === 'write' ? reply.write! : reply.read), options)
      : [];
  const asked = call.do === 'iomap_begin' ? [opText(request.opflags)] : [];
  const written = request.written === null ? [] : [`written ${errnoText(request.written)}`];
  const range =
    call.do === 'iomap_ioend'
      ? [`pos ${plain(request.pos)}`]
      : request.setattr !== undefined
        ? [`size ${plain(request.setattr.size)}`]
        : [`pos ${plain(request.pos)}`, `count ${plain(request.count)}`];
  const ioend =
    request.ioend === null
      ? []
      : [
          flagText(FUSE_IOMAP_IOEND, request.ioend.flags),
          ...(request.ioend.error === 0 ? [] : [`error ${errnoText(request.ioend.error)}`]),
        ];
  return [
    ...row(
      nameOf(call.do),
      [...asked, ...range, ...written, ...ioend, ...verdict],
      options,
      failed ? 'fail' : 'plain',
    ),
    ...answer,
    ...(iomap !== null && call.do === 'iomap_begin' ? row('  iomap', iomapParts(iomap), options) : []),
    ...(srcmap !== null && call.do === 'iomap_begin' ? row('  srcmap', iomapParts(srcmap), options) : []),
  ];
}

const ZEROED: ReadonlySet<OriginId | Unknown> = new Set<OriginId>([
  'hole',
  'unwritten',
  'new',
  'past-eof',
  'delalloc',
  'zeroed',
]);

function eventLines(event: IoEvent, scenario: Scenario, options: TextOptions): Line[] {
  if (event.kind === 'warn') return prose('warn', warnSentence(event, scenario), options, 'fail');
  if (event.kind === 'note') return prose('body', noteSentence(event, scenario), options, 'fail');
  if (event.kind === 'other') return prose('body', otherSentence(event), options, 'fail');
  const length = `${plain(event.lengthBytes)} bytes`;
  if (event.kind === 'bio') {
    // A bio that joins over a hole of the file serves several ranges of it.
    const at = `pos ${(event.segments ?? [event]).map(({ pos }) => plain(pos)).join(' and ')}`;
    const where = `${event.device} sector ${plain(event.sector)}`;
    const failed = event.error === 0 ? [] : [errnoText(event.error)];
    return row(
      'bio',
      [opWords(event.op), where, length, at, ...failed],
      options,
      event.error === 0 ? 'plain' : 'fail',
    );
  }
  const at = `pos ${plain(event.pos)}`;
  if (event.origin === 'cache') return [];
  if (event.origin === 'not-written') return row('lost', [length, at, 'on no device'], options, 'fail');
  const what =
    ZEROED.has(event.origin) || isUnknown(event.origin)
      ? originWords(event.origin, null, null)
      : event.origin;
  return row(
    'cache',
    [length, at, event.origin === 'written' ? 'the bytes written' : what],
    options,
    'quiet',
  );
}

function dataLines({ data }: Io, options: TextOptions): Line[] {
  if (data === null || data.length === 0) return [];
  const head = data.subarray(0, HEAD_BYTES);
  const hex = Array.from(head, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const text = Array.from(head, (byte) => (byte > 0x1f && byte < 0x7f ? String.fromCharCode(byte) : '.'));
  const rest = data.length > HEAD_BYTES ? ['...'] : [];
  return row('data', [hex, `|${text.join('')}|`, ...rest], options);
}

function spanText({ pos, lengthBytes, origin, device, sector, cached, execution }: OriginSpan): string {
  const by = execution === null ? '' : ` by execution ${ordinal(execution)}`;
  const through = cached ? ' (page cache)' : '';
  return `${plain(pos)}+${plain(lengthBytes)} ${originWords(origin, device, sector)}${by}${through}`;
}

function extentParts({ logical, physical, lengthBytes, flags }: FiemapExtent): string[] {
  return [
    `logical ${plain(logical)}`,
    `physical ${plain(physical)}`,
    `length ${plain(lengthBytes)}`,
    flagText(FIEMAP_EXTENT, flags),
  ];
}
