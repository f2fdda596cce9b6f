// SPDX-License-Identifier: MIT
/**
 * Mails that are known here by their message-id, and what of this project they lead to. Nothing is fetched: a mail that
 * is not in the table is not known.
 */
import type { CheckId } from '../../kernel/checks.ts';
import type { Revision } from '../../kernel/features.ts';
import type { ReviewName } from './names.ts';

export interface KnownMessage {
  /** What the mail is, as the end of "This is ". */
  what: string;
  /** Who answers what it is about; null where no revision here is of its time. */
  revision: Revision | null;
  cases: readonly ReviewName[];
  checks: readonly CheckId[];
}

const patch = (
  what: string,
  revision: Revision | null,
  checks: readonly CheckId[] = [],
  cases: readonly ReviewName[] = [],
): KnownMessage => ({ what, revision, checks, cases });

const mail = (what: string, revision: Revision | null, ...cases: ReviewName[]): KnownMessage => ({
  what,
  revision,
  cases,
  checks: [],
});

/** By message-id, without angle brackets. */
export const MESSAGES: Readonly<Record<string, KnownMessage>> = {
  '174787195651.1483178.3420885441625089259.stgit@frogsfrogsfrogs': patch(
    'patch 04/11 of the first posting, 21 May 2025',
    null,
  ),
  '175279449980.711291.5397428780418282445.stgit@frogsfrogsfrogs': patch(
    'patch 02/13 of v3, 17 July 2025',
    null,
  ),
  '175573709244.17510.7992044692651721971.stgit@frogsfrogsfrogs': patch(
    'patch 06/23 of v4, 20 August 2025',
    null,
    [],
    ['one-id-one-use'],
  ),
  '175798151352.382724.799745519035147130.stgit@frogsfrogsfrogs': patch(
    'patch 04/28 of v5, 15 September 2025',
    null,
  ),
  '176169810371.1424854.3010195280915622081.stgit@frogsfrogsfrogs': patch(
    'patch 01/31 of v6, 29 October 2025',
    'v6-03',
    ['type-unknown', 'length-zero', 'read-after-pos'],
    ['type-check-shape', 'two-numberings', 'overwrite-slot'],
  ),
  '176169810437.1424854.11837235220839490843.stgit@frogsfrogsfrogs': patch(
    'patch 04/31 of v6, 29 October 2025',
    'v6-04',
    ['dev-not-found', 'open-id', 'close-busy'],
    ['id-bound', 'freed-ids', 'same-device-twice'],
  ),
  '177188734331.3935739.8531952052217110945.stgit@frogsfrogsfrogs': patch(
    'patch 04/33 of v7, 23 February 2026',
    'v7-04',
    ['dev-not-found', 'open-id', 'close-busy'],
    ['end-addr-dev', 'same-device-twice'],
  ),
  '176169810144.1424854.11439355400009006946.stgit@frogsfrogsfrogs': patch('the cover of v6', 'v6-04'),
  '177188734044.3935739.1368557343243072212.stgit@frogsfrogsfrogs': patch('the cover of v7', 'v7-04'),
  '175279449855.711291.17231562727952977187.stgit@frogsfrogsfrogs': patch('the cover of v3', null),
  '175573708972.17510.972367243402147687.stgit@frogsfrogsfrogs': patch('the cover of v4', null),
  '175798151087.382724.2707973706304359333.stgit@frogsfrogsfrogs': patch('the cover of v5', null),
  '174787195502.1483178.17485675069927796174.stgit@frogsfrogsfrogs': patch(
    'the cover of the first posting',
    null,
  ),
  '176169809796.1424693.4820699158982303428.stgit@frogsfrogsfrogs': patch(
    'the cover of what v6 is built on, October 2025',
    'v6-04',
  ),
  '176169809828.1424693.658681539435984766.stgit@frogsfrogsfrogs': patch(
    'patch 1/2 of what v6 is built on, October 2025',
    'v6-04',
  ),
  'CAOQ4uxgW4=6KRuR6Qh3uMQyxtdRPLwAXZ8VY4yuduzTVqz7+dA@mail.gmail.com': patch(
    'a Reviewed-by for patch 1/2 of what v6 is built on, 6 November 2025',
    'v6-04',
  ),
  'CAJfpeguoMuRH3Q4QEiBLHkWPghFH+XVVUuRWBa3FCkORoFdXGQ@mail.gmail.com': mail(
    'a review of v4, 4 September 2025',
    null,
  ),
  'CAOQ4uxgPOARcEq+p6p0NsBSC9GQp3egHViFeniR=Kc2GpQBCDg@mail.gmail.com': mail(
    'a review of v4, 21 August 2025',
    null,
    'one-id-one-use',
  ),
  '20250821161510.GN7942@frogsfrogsfrogs': mail(
    'the author’s answer to a review of v4, 21 August 2025',
    null,
    'one-id-one-use',
  ),
  'CAOQ4uxibHLq7YVpjtXdrHk74rXrOLSc7sAW7s=RADc7OYN2ndA@mail.gmail.com': mail(
    'a review of v5, 17 September 2025',
    null,
    'id-bound',
  ),
  '20250918181703.GR1587915@frogsfrogsfrogs': mail(
    'an answer of the author, 18 September 2025',
    null,
    'id-bound',
  ),
  'CAOQ4uxiH1d3fV0kgiO3-JjqGH4DKboXdtEpe=Z=gKooPgz7B8g@mail.gmail.com': mail(
    'a review of v5, September 2025',
    null,
    'id-bound',
  ),
  '20250918190333.GB8117@frogsfrogsfrogs': mail(
    'an answer of the author, 18 September 2025',
    null,
    'id-bound',
  ),
  'CAOQ4uxgeZQYEY8WsthebjV9f4qZd+nWJnCGWog6D1=wu+MFpSQ@mail.gmail.com': patch(
    'a Reviewed-by for patch 04/31 of v6, 6 November 2025',
    'v6-04',
    ['dev-not-found', 'open-id', 'close-busy'],
  ),
  'CAJnrk1ZOLNytBdVqvWiHbwA0rE0KCVt09SmHFZ3pp_tffg+iaQ@mail.gmail.com': mail(
    'a review of patch 01/31 of v6, 21 January 2026',
    'v6-04',
    'two-numberings',
    'reply-size',
    'failed-write',
  ),
  '20260205192550.2124130-1-clm@meta.com': mail(
    'a review of the unposted branch, 5 February 2026',
    '2026-01',
    'end-addr-dev',
    'shrinking-size',
    'inline-too-long',
  ),
};

/** A message-id alone, or as a header of a mail has it. */
const PLAIN = /^(?:message-id:\s*)?(?:<([^<>\s/]+@[^<>\s/]+)>|([\w.+=$-]+@[\w.-]+))$/i;
/** An address of an archive, with or without what a browser hides of it: the mail is a part of its path. */
const ADDRESS = /^(?:https?:\/\/)?[\w-]+(?:\.[\w-]+)+(?::\d+)?\/([^\s?#]*)(?:[?#]\S*)?$/i;
/** A part of a path that is a message-id. */
const PART = /^[^\s/]+(?:@|%40)[^\s/]+$/i;
/** What the archives add after the mail's part: its thread, its source, a mailbox. */
const VIEWS = /^(?:[tTR]|raw|mbox|t\.(?:mbox(?:\.gz)?|atom))$/;

/** The part of an address that names a mail, if what follows it is a view of that mail; undefined otherwise. */
function partOf(text: string): string | undefined {
  const parts =
    ADDRESS.exec(text)?.[1]
      ?.split('/')
      .filter((part) => part !== '') ?? [];
  const at = parts.findIndex((part) => PART.test(part));
  return at >= 0 && parts.slice(at + 1).every((part) => VIEWS.test(part)) ? parts[at] : undefined;
}

/** The message-id that a pasted text is and nothing else; null for any other text. */
export function messageIdIn(text: string): string | null {
  if (text.length > 400) return null;
  const alone = text.trim();
  const id =
    PLAIN.exec(alone)
      ?.slice(1)
      .find((one) => one !== undefined) ?? partOf(alone);
  if (id === undefined) return null;
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
