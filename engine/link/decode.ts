// SPDX-License-Identifier: MIT
import { grouped } from '../kernel/digits.ts';
import { checkPair, fromBase64Url } from './envelope.ts';
import { cleaned, findLinks } from './find.ts';
import type { Candidate } from './find.ts';
import { LIMITS } from './limits.ts';
import { decodePayload } from './payload.ts';
import type { LinkError, LinkErrorDetails, LinkErrorKind, LinkResult } from './types.ts';
import { UnpackError } from './unpack.ts';

/** The newest link format that is read here. */
const VERSION = 2;

const AGAIN = 'Ask for it again, or paste it from the original mail.';

/**
 * Reads a share link from a hash, an address, or a piece of mail. Never throws, whatever the text.
 *
 * The result is JSON-shaped data and no more: plain objects, integers as bigint. It comes from a stranger, and is not
 * validated: the caller prints the scenario and hands the text to parseDocument, whose problems are
 * shown like those of any document.
 */
export function decodeLink(text: string): LinkResult {
  if (text.length > LIMITS.textChars)
    return tooLong(`This text has ${grouped(text.length)} characters`, LIMITS.textChars);
  const clean = cleaned(text);
  if (clean === '' || clean === '#')
    return failed('empty', 'There is no link here. Paste a share link, or its part from the # on.');
  const { candidates, cutHeadChars, brokenHead } = findLinks(clean);
  const results = candidates.map(read);
  const best = results.find(({ ok }) => ok) ?? results[0];
  if (best !== undefined) return best;
  if (cutHeadChars > 0) return truncated(cutHeadChars, null);
  if (brokenHead)
    return failed('damaged', `The link is damaged: it does not begin with a version and a length. ${AGAIN}`);
  return failed(
    'not-a-link',
    /^#?\//.test(clean)
      ? 'This is the address of a page of the playground, not a share link: it carries no scenario.'
      : 'There is no share link in this text. A share link has #1. and a length in it, such as #1.418. and so on.',
  );
}

function read(candidate: Candidate): LinkResult {
  const result = readVersion(candidate);
  const { version } = candidate;
  if (version <= VERSION || (!result.ok && result.error.kind === 'too-new')) return result;
  // What is newer is said first: what else is wrong may be so only to this reader. The envelope is the same in
  // every version (docs/FORMATS.md), so its damage is reported too.
  const damage = result.ok ? '' : ` Besides, it did not arrive as it was sent. ${result.error.message}`;
  const details = result.ok ? {} : result.error.details;
  return failed('too-new', `${newer(version)}${damage}`, { ...details, version });
}

function readVersion(candidate: Candidate): LinkResult {
  const { version, payloadChars, head, body, state } = candidate;
  const expectedChars = head.length + payloadChars + 2;
  if (expectedChars > LIMITS.linkChars)
    return tooLong(`This link has ${grouped(expectedChars)} characters`, LIMITS.linkChars);
  if (state === 'cut') return truncated(head.length + body.length, expectedChars);
  if (state === 'foreign') {
    const position = head.length + body.length;
    return failed(
      'damaged',
      `The link is damaged: its character ${grouped(position + 1)} of ${grouped(expectedChars)} is one that no link has. ${AGAIN}`,
      { position, expectedChars },
    );
  }
  if (state === 'longer')
    return failed(
      'damaged',
      `The link is damaged: it should have ${grouped(expectedChars)} characters, and goes on. ${AGAIN}`,
      { expectedChars },
    );
  const payload = body.slice(0, payloadChars);
  if (checkPair(head + payload) !== body.slice(payloadChars))
    return failed(
      'damaged',
      `The link is damaged: it has all its ${grouped(expectedChars)} characters, but one or more of them were changed on ` +
        `the way. ${AGAIN}`,
      { expectedChars },
    );
  if (version > VERSION) return failed('too-new', newer(version), { version });
  return opened(payload, version);
}

function newer(version: number): string {
  return (
    `This link was made by a newer playground (link format ${version}; this one reads up to ${VERSION}). ` +
    'Reload the page to get the newest one and open the link again, or open it where it was made.'
  );
}

function opened(payload: string, version: number): LinkResult {
  const bytes = fromBase64Url(payload);
  try {
    if (bytes === null) throw new UnpackError('invalid');
    return { ok: true, state: decodePayload(bytes, version) };
  } catch (error) {
    if (!(error instanceof UnpackError)) throw error;
    return error.kind === 'hostile'
      ? failed('hostile', `This link was not made by a playground, and is not opened. ${error.message}`)
      : failed(
          'invalid',
          `This link arrived whole, but it is not one that a playground makes, and is not opened. ${error.message}`.trimEnd(),
        );
  }
}

function truncated(arrivedChars: number, expectedChars: number | null): LinkResult {
  const count =
    expectedChars === null
      ? `only its first ${grouped(arrivedChars)}`
      : `${grouped(arrivedChars)} of ${grouped(expectedChars)}`;
  const are = arrivedChars === 1 && expectedChars === null ? 'character' : 'characters';
  return failed('truncated', `The link lost its end: ${count} ${are} arrived. ${AGAIN}`, {
    arrivedChars,
    expectedChars,
  });
}

function tooLong(what: string, limit: number): LinkResult {
  return failed(
    'too-long',
    `${what}, and at most ${grouped(limit)} are read. Ask for the scenario as a file.`,
    {
      limit,
    },
  );
}

function failed(kind: LinkErrorKind, message: string, details: LinkErrorDetails = {}): LinkResult {
  const error: LinkError = { kind, message, details };
  return { ok: false, error };
}
