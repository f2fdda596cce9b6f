// SPDX-License-Identifier: MIT
import { ordinal } from '../kernel/ordinal.ts';
import { count } from '../checks/format.ts';
import type { Imported } from '../import/import-any.ts';
import { clean } from '../kernel/clean.ts';
import { grouped } from '../kernel/digits.ts';
import { parseDocument } from '../scenario/parse.ts';
import { printScenario } from '../scenario/print.ts';
import { EMPTY } from './empty.ts';
import { KIND_WORDS, troubles } from './paste-words.ts';
import { at, type JsonValue } from '../scenario/path.ts';

/** What the page says about a pasted text, and what can be done with it. */
export interface Description {
  /** What it was taken for: "A text card". */
  recognised: string;
  /** What becomes of it. */
  becomes: string;
  /** What the source does not say, or what does not agree in it. */
  unknown: string[];
  /** A scenario that can be opened, at a step; null for a patch. */
  scenario: { text: string; step: number } | null;
  /** A reply that can be put into a step, and its text. */
  reply: { value: JsonValue; text: string } | null;
}

type Understood = Extract<Imported, { ok: true }>;

export function describe(found: Understood): Description {
  const recognised = KIND_WORDS[found.kind];
  switch (found.kind) {
    case 'scenario':
      return { recognised, unknown: [], reply: null, ...scenario(found.text, 0) };
    case 'link':
      return {
        recognised,
        unknown: [
          ...(found.edit
            ? ['It brings an edited core. The shipped one answers until you build the edit.']
            : []),
          ...(found.recordTrouble === null ? [] : [found.recordTrouble]),
        ],
        reply: null,
        ...scenario(found.text, found.step),
      };
    case 'card':
      return { recognised, unknown: found.notices, reply: null, ...scenario(found.text, found.step) };
    case 'trace':
      return { recognised, unknown: found.unknown, reply: null, ...scenario(found.text, 0) };
    case 'hexdump':
    case 'c': {
      const size = found.kind === 'hexdump' ? ` of ${grouped(found.bytes.length)} bytes` : '';
      return {
        recognised: recognised + size,
        becomes: 'The reply to a FUSE_IOMAP_BEGIN.',
        unknown: found.unknown,
        scenario: withReply(found.reply),
        reply: { value: found.reply, text: replyText(found.reply) },
      };
    }
    case 'patch': {
      const [only] = found.patches;
      const many = found.patches.length > 1;
      const files = found.patches.flatMap((patch) => patch.files);
      const hunks = files.flatMap((file) => file.hunks);
      const modelled = hunks.filter(({ models }) => models.length > 0).length;
      return {
        recognised: many
          ? `${found.patches.length} patches`
          : only?.subject
            ? `${recognised}: ${clean(only.subject)}`
            : recognised,
        becomes:
          `${count(files.length, 'file')}, ${count(hunks.length, 'hunk')}; ` +
          `${modelled} of them in functions that the core models.`,
        unknown: found.patches.flatMap((patch) => troubles(patch)),
        scenario: null,
        reply: null,
      };
    }
  }
}

function scenario(text: string, step: number): Pick<Description, 'becomes' | 'scenario'> {
  const { value } = parseDocument(text);
  const steps = at(value ?? undefined, ['steps']);
  const title = at(value ?? undefined, ['title']);
  const named = typeof title === 'string' && title !== '' ? ` “${clean(title)}”` : '';
  const length = Array.isArray(steps) ? steps.length : 0;
  const shown = length > 1 ? `, shown at step ${ordinal(step)}` : '';
  return {
    becomes: `The scenario${named} of ${count(length, 'step')}${shown}.`,
    scenario: { text, step },
  };
}

/** The smallest machine that asks for the reply: a device registered, one question. */
function withReply(reply: JsonValue): { text: string; step: number } {
  const value = parseDocument(EMPTY).value as { steps: Record<string, JsonValue>[] };
  const step = value.steps.findIndex((one) => one['do'] === 'iomap_begin');
  value.steps[step]!['reply'] = reply;
  return { text: printScenario(value as unknown as JsonValue), step };
}

/** A reply as the document would have it. */
function replyText(reply: JsonValue): string {
  const text = printScenario({ format: 1n, steps: [{ do: 'iomap_begin', reply }] });
  const [head = '', ...rest] = text.slice(text.indexOf('"reply"')).trimEnd().split('\n');
  const body = [head, ...rest].join('\n').replace(/\s*\}\s*\]\s*\}$/, '');
  // The indentation that it has within a document is of no use here.
  const indent = /\n( *)\}$/.exec(body)?.[1] ?? '';
  return `${body.replaceAll(`\n${indent}`, '\n')}\n`;
}
