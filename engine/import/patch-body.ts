// SPDX-License-Identifier: MIT

/** A message of a mailbox begins so; `>From ` is a line of text that was escaped. */
const MBOX = /^From \S+.*\d{4}\r?$/m;
const HEADER = /^(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}/;

/** Whether a text is a mail, or several, with a text that is hidden in an encoding. */
const isEncoded = (text: string): boolean =>
  /^content-transfer-encoding:[ \t]*(?:base64|quoted-printable)/im.test(text);

/** The text of a mail whose text is hidden in an encoding; anything else as it is. */
export async function decodedText(text: string): Promise<string> {
  return isEncoded(text) ? mailText(text) : text;
}

/**
 * The text of a pasted or dropped mail: transfer encodings (quoted-printable, base64) and MIME parts undone, an
 * attached patch behind the text, the messages of a mailbox one after the other. Anything that is not a mail
 * with headers comes back as it is.
 */
export async function mailText(text: string): Promise<string> {
  const plain = text.replace(/\r\n/g, '\n').replace(/^\ufeff/, '');
  const messages = MBOX.test(plain.slice(0, 400)) ? plain.split(/^(?=From \S+.*\d{4}$)/m) : [plain];
  const bodies: string[] = [];
  for (const message of messages) bodies.push(await body(message.replace(/^From [^\n]*\n/, '')));
  return bodies.join('\n');
}

async function body(message: string): Promise<string> {
  const headers = HEADER.exec(message)?.[0];
  if (headers === undefined || !/^(?:content-|mime-version:)/im.test(headers)) return message;
  // Only mails that are encoded need the library, and most pasted ones are not.
  const { default: PostalMime } = await import('postal-mime');
  try {
    const mail = await PostalMime.parse(message, { attachmentEncoding: 'utf8' });
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
