// SPDX-License-Identifier: MIT
import { ordinal } from '../kernel/ordinal.ts';
import { count } from '../checks/format.ts';
import { asked } from '../import/asked.ts';
import type { Imported } from '../import/import-any.ts';
import { clean } from '../kernel/clean.ts';
import { grouped } from '../kernel/digits.ts';
import { parseDocument } from '../scenario/parse.ts';
import { printScenario } from '../scenario/print.ts';
import { namedStep } from '../scenario/shown-step.ts';
import { KIND_WORDS, patchLine, troubles } from './paste-words.ts';
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
  /** Of several patches, a line each; left out for one. */
  list?: string[];
}

type Understood = Extract<Imported, { ok: true }>;

export function describe(found: Understood): Description {
  const recognised = KIND_WORDS[found.kind];
  switch (found.kind) {
    case 'scenario':
      return { recognised, unknown: [], reply: null, ...scenario(found.text, null) };
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
      const bytes = found.kind === 'hexdump' ? found.bytes.length : 0;
      const size = bytes === 0 ? '' : ` of ${grouped(bytes)} bytes`;
      const question = found.kind === 'hexdump' ? found.question : null;
      const answered = found.kind === 'c' || found.answered;
      const further = found.kind === 'hexdump' ? found.further : [];
      const { text, step, assumed } = asked(found, question, answered, further);
      return {
        recognised:
          further.length > 0
            ? `${count(further.length + 1, 'request')} FUSE_IOMAP_BEGIN with their answers`
            : (answered ? recognised : 'A dump of a request: FUSE_IOMAP_BEGIN (opcode 4094)') + size,
        becomes: answered
          ? further.length > 0
            ? `${count(further.length + 1, 'step')}: a FUSE_IOMAP_BEGIN and the reply to it in each.`
            : question === null
              ? 'The reply to a FUSE_IOMAP_BEGIN.'
              : 'A FUSE_IOMAP_BEGIN and the reply to it.'
          : 'The question of a step; the reply is yours to write.',
        unknown: [...found.unknown, ...assumed],
        scenario: { text, step },
        reply: answered ? { value: found.reply, text: replyText(found.reply) } : null,
      };
    }
    case 'patch': {
      const [only] = found.patches;
      const many = found.patches.length > 1;
      const hunks = found.patches.flatMap((patch) => patch.files.flatMap((file) => file.hunks));
      // Two patches may change the same file.
      const files = new Set(found.patches.flatMap((patch) => patch.files.map(({ newPath }) => newPath)));
      const modelled = hunks.filter(({ models }) => models.length > 0).length;
      return {
        recognised: many
          ? `${found.patches.length} patches`
          : only?.subject
            ? `${recognised}: ${clean(only.subject)}`
            : recognised,
        becomes:
          `${count(files.size, 'file')}, ${count(hunks.length, 'hunk')}; ` +
          `${modelled} of them in functions that the core models.`,
        unknown: found.patches.flatMap((patch) => troubles(patch)),
        scenario: null,
        reply: null,
        ...(many ? { list: found.patches.map(patchLine) } : {}),
      };
    }
  }
}

/** @param recorded the step that a link or a card names; null for a document, which may name its own */
function scenario(text: string, recorded: number | null): Pick<Description, 'becomes' | 'scenario'> {
  const { value } = parseDocument(text);
  const step = recorded ?? namedStep(value ?? undefined) ?? 0;
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

/** A reply as the document would have it. */
function replyText(reply: JsonValue): string {
  const text = printScenario({ format: 1n, steps: [{ do: 'iomap_begin', reply }] });
  const [head = '', ...rest] = text.slice(text.indexOf('"reply"')).trimEnd().split('\n');
  const body = [head, ...rest].join('\n').replace(/\s*\}\s*\]\s*\}$/, '');
  // The indentation that it has within a document is of no use here.
  const indent = /\n( *)\}$/.exec(body)?.[1] ?? '';
  return `${body.replaceAll(`\n${indent}`, '\n')}\n`;
}
