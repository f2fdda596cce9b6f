// SPDX-License-Identifier: MIT
import { grouped } from '../kernel/digits.ts';
import { READING } from '../scenario/caps.ts';

/** A line that begins a message of a mailbox, in characters; `>From ` is a line of text that was escaped. */
const MBOX_CHARS = 200;
const isMbox = (line: string): boolean =>
  line.length <= MBOX_CHARS && line.startsWith('From ') && /^From \S.*\d{4}$/.test(line);
const HEADER = /^[A-Za-z][A-Za-z0-9-]{0,80}:/;

/** Whether a text is one or more mails whose body is encoded. */
const isEncoded = (text: string): boolean =>
  /^content-transfer-encoding:[ \t]*(?:base64|quoted-printable)/im.test(text);

/**
 * Why a text is not decoded: the library takes up to 30 us for a line, so there is a limit. Null if it is
 * decoded, or needs no decoding.
 */
export function decodeTrouble(text: string): string | null {
  if (!isEncoded(text) || fits(text)) return null;
  return (
    `Mails that are encoded (base64 or quoted-printable) are decoded up to ${grouped(READING.mailChars)} characters and ` +
    `${grouped(READING.mailLines)} lines, and this is more. Paste the text as your mail program shows it, or one message.`
  );
}

function fits(text: string): boolean {
  if (text.length > READING.mailChars) return false;
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines <= READING.mailLines;
}

/** The decoded text of an encoded mail; anything else, and text over the limits, unchanged. */
export async function decodedText(text: string): Promise<string> {
  return isEncoded(text) ? mailText(text) : text;
}

/**
 * The text of a pasted or dropped mail: transfer encodings (quoted-printable, base64) and MIME parts undone, an
 * attached patch after the text, the messages of a mailbox one after the other. Anything that is not a mail
 * with headers is returned unchanged, and so is text over the limits of decodeTrouble().
 */
export async function mailText(text: string): Promise<string> {
  return (await mailTexts(text)).join('\n');
}

/** The same, message by message of a mailbox; one text of anything else. */
export async function mailTexts(text: string): Promise<string[]> {
  const plain = text.replace(/\r\n/g, '\n').replace(/^\ufeff/, '');
  const messages = messagesOf(plain);
  if (!fits(plain)) return messages;
  const bodies: string[] = [];
  for (const message of messages) bodies.push(await body(message.replace(/^From [^\n]*\n/, '')));
  return bodies;
}

/** The messages of a mailbox; one of anything else. */
function messagesOf(text: string): string[] {
  if (!text.slice(0, 400).split('\n').some(isMbox)) return [text];
  const messages: string[] = [];
  let [start, at] = [0, 0];
  for (const line of text.split('\n')) {
    if (at > start && isMbox(line)) {
      messages.push(text.slice(start, at));
      start = at;
    }
    at += line.length + 1;
  }
  return [...messages, text.slice(start)];
}

/** The header lines that a message begins with, two at least; undefined if it has none. */
function headersOf(message: string): string | undefined {
  let [at, count] = [0, 0];
  while (at < message.length) {
    const end = message.indexOf('\n', at);
    if (end < 0) break;
    const folded = count > 0 && /^[ \t]$/.test(message.charAt(at));
    if (!folded && !HEADER.test(message.slice(at, at + 90))) break;
    if (!folded) count++;
    at = end + 1;
  }
  return count < 2 ? undefined : message.slice(0, at);
}

async function body(message: string): Promise<string> {
  const headers = headersOf(message);
  if (headers === undefined || !/^(?:content-|mime-version:)/im.test(headers)) return message;
  // Only mails that are encoded need the library, and most pasted ones are not.
  const { default: PostalMime } = await import('postal-mime');
  try {
    const mail = await PostalMime.parse(message, {
      attachmentEncoding: 'utf8',
      maxHeadersSize: READING.mailHeaderChars,
      maxNestingDepth: READING.mailDepth,
    });
    const patches = mail.attachments.flatMap(({ mimeType, filename, content }) =>
      typeof content === 'string' &&
      (mimeType.startsWith('text/') || /\.(?:patch|diff)$/.test(filename ?? ''))
        ? [content]
        : [],
    );
    const subject = mail.subject === undefined ? '' : `Subject: ${mail.subject}\n\n`;
    const text = [mail.text ?? '', ...patches].join('\n');
    return text.trim() === '' ? message : subject + text;
  } catch {
    // A broken mail may still have a readable patch in it.
    return message;
  }
}
