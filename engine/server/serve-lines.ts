// SPDX-License-Identifier: MIT
/** The other end of lines.ts: a server of callbacks that answers lines. */
import { readJson, type JsonValue } from '../scenario/json.ts';
import { minify } from '../scenario/write.ts';
import type { FuseServer, Session, ServerSource } from './fuse-server.ts';
import { atOnce } from './live-answer.ts';
import { LINES_VERSION } from './lines.ts';

type Fields = { [key: string]: JsonValue };

/**
 * Answers requests with the callbacks of a server. Its init() runs at `start`; the devices that it adds must be all of
 * those that it was offered, in order, since they were registered by then.
 */
export class LineAnswerer {
  readonly #source: ServerSource;
  #server: FuseServer;
  #hello: Fields = {};

  constructor(source: ServerSource) {
    this.#source = source;
    this.#server = typeof source === 'function' ? source() : source;
  }

  /** The line that answers a line. What a callback throws is thrown. */
  answer(line: string): string {
    const { root, broken } = readJson(line);
    if (broken) throw new Error('the request is not JSON');
    const request = root!.value as Fields;
    const { id = null } = request;
    return minify({ id, ...this.#answer(request) });
  }

  #answer(request: Fields): Fields {
    const server = this.#server;
    const big = (key: string) => request[key] as bigint;
    const number = (key: string) => Number(request[key] as bigint);
    const range = () => [big('nodeid'), big('ino'), big('pos')] as const;
    switch (request['do']) {
      case 'hello':
        this.#hello = request;
        return {
          version: BigInt(LINES_VERSION),
          device_add: (request['devices'] as Fields[]).map(({ fd }) => fd!),
        };
      case 'start':
        if (typeof this.#source === 'function') this.#server = this.#source();
        this.#server.init?.(sessionOf(this.#hello, request['devs'] as bigint[]));
        return {};
      case 'iomap_begin':
        return said(server.iomap_begin?.(...range(), big('count'), number('opflags')) ?? -38);
      case 'iomap_end': {
        const { offset, length, addr, type, flags, dev } = request['map'] as { [key: string]: bigint };
        const map = { offset: offset!, length: length!, addr: addr! };
        return server.iomap_end === undefined
          ? { error: -38n }
          : said(
              server.iomap_end(...range(), big('count'), number('opflags'), big('written'), {
                ...map,
                ...{ type: Number(type), flags: Number(flags), dev: Number(dev) },
              }),
            );
      }
      case 'iomap_ioend':
        return server.iomap_ioend === undefined
          ? { error: -38n }
          : said(
              server.iomap_ioend(
                ...range(),
                big('written'),
                number('ioendflags'),
                number('error'),
                number('dev'),
                big('new_addr'),
              ),
            );
      case 'setattr':
        return server.setattr === undefined
          ? { error: -38n }
          : said(server.setattr(big('nodeid'), { size: big('size') }, number('to_set')));
      case 'fallocate':
        return server.fallocate === undefined
          ? { error: -38n }
          : said(server.fallocate(big('nodeid'), number('mode'), big('offset'), big('length')));
      default:
        return { error: -38n };
    }
  }
}

/** What a callback returned, as the fields of an answer. What is not an answer is told by whoever reads it. */
function said(value: unknown): Fields {
  atOnce(value);
  if (value === undefined || value === 0) return {};
  if (typeof value === 'number') return { error: BigInt(Math.trunc(value)) };
  if (typeof value !== 'object' || value === null) return { returned: typeof value };
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, plain(field)]));
}

function plain(value: unknown): JsonValue {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : String(value);
  if (typeof value === 'bigint' || typeof value === 'string' || value === null) return value;
  if (value instanceof Uint8Array)
    return Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (typeof value !== 'object') return String(value);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([key, field]) => [key, plain(field)]),
  );
}

function sessionOf(hello: Fields, devs: readonly bigint[]): Session {
  const devices = (hello['devices'] as Fields[]).map(({ fd, name, size, logicalBlockSize }) => ({
    fd: Number(fd as bigint),
    name: name as string,
    sizeBytes: size as bigint,
    logicalBlockSizeBytes: Number(logicalBlockSize as bigint),
  }));
  return {
    revision: hello['revision'] as string,
    devices,
    inodes: (hello['inodes'] as Fields[]).map(({ name, nodeid, ino, size, blockSize }) => ({
      name: name as string,
      nodeid: nodeid as bigint,
      ino: ino as bigint,
      sizeBytes: size as bigint,
      blockSizeBytes: Number(blockSize as bigint),
    })),
    device_add: (fd) => Number(devs[devices.findIndex((device) => device.fd === fd)] ?? -9),
    device_remove: () => -38,
  };
}
