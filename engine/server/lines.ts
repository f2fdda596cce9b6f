// SPDX-License-Identifier: MIT
/**
 * A server in another process, behind lines of JSON (docs/SERVER-PROTOCOL.md): each callback sends one line and waits
 * for one.
 */
import * as v from 'valibot';
import { ERRNO } from '../kernel/errno.ts';
import { FUSE_IOMAP_IOEND, IOMAP_OP, flagNames } from '../kernel/names.ts';
import type { WireMapping } from '../kernel/wire-types.ts';
import { readJson, type JsonValue } from '../scenario/json.ts';
import { mapping } from '../scenario/reply.ts';
import { minify } from '../scenario/write.ts';
import { ServerFault, type BeginAnswer, type FuseServer, type Session } from './fuse-server.ts';

/** The version of the protocol; it only grows. */
export const LINES_VERSION = 1;

type Fields = { [key: string]: JsonValue };

/** Sends a line to the server and returns its answer; null starts the server anew, and sends nothing. */
export type AskLine = (line: string | null) => string;

/** A server that is asked in lines. */
export function lineServer(ask: AskLine): FuseServer {
  let id = 0;
  /** What was asked before, in words. */
  let before = 'nothing';
  /** Set once the answers don't belong to the requests any more. */
  let outOfStep: string | null = null;
  const send = (request: Fields): Fields => {
    if (outOfStep !== null) throw new ServerFault('two-answers', outOfStep);
    const own = id++;
    const last = before;
    before = `${String(request['do'])}${request['pos'] === undefined ? '' : ` pos ${String(request['pos'])}`}`;
    const answer = fieldsOf(ask(minify({ id: BigInt(own), ...request })));
    const given = answer['id'];
    if (given === BigInt(own)) return answer;
    if (typeof given !== 'bigint' || given < 0n || given > BigInt(own))
      throw shape(`the answer has no "id" ${own}`);
    const what = given === BigInt(own - 1) ? `request ${given} (${last})` : `request ${given}`;
    outOfStep = `it had answered ${what} twice, and is not asked any more`;
    throw new ServerFault('two-answers', `it answered ${what} a second time, where ${own} was asked`);
  };
  const plain = (request: Fields): number => errorOf(send(request)) ?? 0;
  return {
    init(se) {
      id = 0;
      outOfStep = null;
      ask(null);
      const hello = send(helloOf(se));
      if (hello['version'] !== BigInt(LINES_VERSION))
        throw shape(`the answer to hello has no "version" ${LINES_VERSION}`);
      const fds = hello['device_add'] ?? [];
      if (!Array.isArray(fds) || fds.some((fd) => typeof fd !== 'bigint'))
        throw shape('"device_add" is not a list of descriptors');
      const devs = fds.map((fd) => BigInt(se.device_add(Number(fd as bigint))));
      if (plain({ do: 'start', devs }) !== 0) throw shape('it answered start with an error');
    },
    iomap_begin(nodeid, ino, pos, count, opflags): BeginAnswer {
      const op = flagNames(IOMAP_OP, opflags);
      const answer = send({ do: 'iomap_begin', nodeid, ino, pos, count, opflags: BigInt(opflags), op });
      const error = errorOf(answer);
      if (error !== null) return error;
      if (typeof answer['payload'] === 'string') return { payload: bytesOf(answer['payload']) };
      if (answer['read'] === undefined) throw shape('the answer has no "read", no "payload" and no "error"');
      const read = mappingOf('read', answer['read']);
      const write = answer['write'] ?? null;
      return { read, write: write === null ? null : mappingOf('write', write) };
    },
    iomap_end: (nodeid, ino, pos, count, opflags, written, map) =>
      plain({
        do: 'iomap_end',
        ...{ nodeid, ino, pos, count, opflags: BigInt(opflags), op: flagNames(IOMAP_OP, opflags) },
        written,
        map: numbersOf(map),
      }),
    iomap_ioend(nodeid, ino, pos, written, ioendflags, error, dev, new_addr) {
      const answer = send({
        do: 'iomap_ioend',
        ...{ nodeid, ino, pos, written, ioendflags: BigInt(ioendflags) },
        ioend: flagNames(FUSE_IOMAP_IOEND, ioendflags),
        ...{ error: BigInt(error), dev: BigInt(dev), new_addr },
      });
      const failed = errorOf(answer);
      if (failed !== null) return failed;
      const size = integerOf(answer['newsize']);
      return size === null ? 0 : { newsize: size };
    },
    setattr: (nodeid, { size }, to_set) => plain({ do: 'setattr', nodeid, size, to_set: BigInt(to_set) }),
    fallocate: (nodeid, mode, offset, length) =>
      plain({ do: 'fallocate', nodeid, mode: BigInt(mode), offset, length }),
  };
}

function helloOf({ revision, devices, inodes }: Session): Fields {
  return {
    do: 'hello',
    version: BigInt(LINES_VERSION),
    revision,
    devices: devices.map(({ fd, name, sizeBytes, logicalBlockSizeBytes }) => ({
      fd: BigInt(fd),
      name,
      size: sizeBytes,
      logicalBlockSize: BigInt(logicalBlockSizeBytes),
    })),
    inodes: inodes.map(({ name, nodeid, ino, sizeBytes, blockSizeBytes }) => ({
      ...{ name, nodeid, ino, size: sizeBytes },
      blockSize: BigInt(blockSizeBytes),
    })),
  };
}

/** What a line says; only an object is an answer. */
function fieldsOf(line: string): Fields {
  const { root, broken, faults } = readJson(line);
  const value = broken || faults.length > 0 ? undefined : root?.value;
  if (value === undefined) throw new ServerFault('not-json', `it wrote ${quoted(line)}, which is not JSON`);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw shape(`it wrote ${quoted(line)}, which is not an object`);
  return value;
}

/** The start of a line, on one line whatever it holds. */
function quoted(line: string): string {
  return JSON.stringify(line.length > 60 ? `${line.slice(0, 60)} ...` : line);
}

/** A negative errno by its number or name; null if the answer has none. */
function errorOf({ error }: Fields): number | null {
  if (error === undefined || error === 0n) return null;
  if (typeof error === 'bigint' && error < 0n && error > -512n) return Number(error);
  const name = typeof error === 'string' && error.startsWith('-') ? error.slice(1) : '';
  if (Object.hasOwn(ERRNO, name)) return -ERRNO[name as keyof typeof ERRNO];
  throw shape('"error" is not a negative errno by its number or name');
}

function mappingOf(slot: string, value: JsonValue): WireMapping {
  const parsed = v.safeParse(mapping, value);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw shape(`${[slot, v.getDotPath(issue)].filter(Boolean).join('.')}: ${issue.message}`);
  }
  return parsed.output;
}

function numbersOf({ offset, length, addr, type, flags, dev }: WireMapping): Fields {
  return { offset, length, addr, type: BigInt(type), flags: BigInt(flags), dev: BigInt(dev) };
}

/** A whole number, or its digits in quotes; null if it is left out. */
function integerOf(value: JsonValue | undefined): bigint | null {
  if (value === undefined) return null;
  if (typeof value === 'bigint') return value;
  if (typeof value === 'string' && /^\d{1,20}$/.test(value)) return BigInt(value);
  throw shape('"newsize" is not a whole number');
}

function bytesOf(hex: string): Uint8Array {
  if (hex.length % 2 !== 0 || /[^0-9a-f]/i.test(hex)) throw shape('"payload" is not hex');
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => parseInt(hex.slice(2 * i, 2 * i + 2), 16));
}

const shape = (message: string) => new ServerFault('shape', message);
