// SPDX-License-Identifier: MIT
import { unknownWords } from '../kernel/unknown.ts';
import { wordsOf } from '../checks/words.ts';
import { byName, type Difference } from '../compare/executions.ts';
import type { CheckRecord, Execution } from '../run/types.ts';
import { endMessage, structCards, type FieldRow } from './structs.ts';
import type { PairAnswer } from './search-protocol.ts';
import { replyRows, requestRows, tableRows, type NamedValue } from './side-rows.ts';

/** One line of a comparison. */
export interface Row {
  name: string;
  /** Null: this side has no such thing. */
  left: string | null;
  right: string | null;
  differs: boolean;
}

export interface Section {
  title: string;
  rows: Row[];
}

/**
 * A pair as tables of three columns: name, left, right. Sections without rows are left out, and so are
 * question, answer and table where both sides have the same.
 */
export function sectionsOf({ left, right, differences, states }: PairAnswer): Section[] {
  const cards = (side: Execution | null, name: 'iomap' | 'srcmap') =>
    side?.do === 'iomap_begin' && side.outcome !== 'not-called'
      ? (structCards(side, 'usual', 4096).find((card) => card.name === name)?.rows ?? null)
      : null;
  const ends = [left, right].map((side) => side && endMessage(side, null, 'usual', 4096));
  const hasEnd = ends.some((rows) => rows !== null);
  const told = (kinds: Difference['kind'][]) =>
    differences
      .filter(({ kind, field }) => kinds.includes(kind) || field.startsWith('call '))
      .map(({ field, left: l, right: r }): Row => ({ name: field, left: l, right: r, differs: true }));
  const both = left !== null && right !== null;
  const unequal = (title: string, l: NamedValue[], r: NamedValue[]): Section => {
    const rows = both ? values(l, r) : [];
    return { title, rows: rows.some(({ differs }) => differs) ? rows : [] };
  };
  const asked = (side: Execution | null) =>
    side?.do === 'iomap_end' ? [] : requestRows(side?.request ?? null);
  const sections: Section[] = [
    unequal('The kernel asks', asked(left), asked(right)),
    unequal('The reply', replyRows(left?.reply ?? null), replyRows(right?.reply ?? null)),
    { title: 'Checks', rows: checks(left, right) },
    { title: 'iomap', rows: fields(cards(left, 'iomap'), cards(right, 'iomap')) },
    { title: 'srcmap', rows: fields(cards(left, 'srcmap'), cards(right, 'srcmap')) },
    { title: 'Message of the iomap_end', rows: fields(ends[0] ?? null, ends[1] ?? null) },
    unequal('Backing table afterwards', tableRows(states[0]), tableRows(states[1])),
    {
      title: 'Otherwise different',
      rows: told(hasEnd ? ['missing', 'io', 'change'] : ['missing', 'message', 'io', 'change']),
    },
  ];
  return sections.filter(({ rows }) => rows.length > 0);
}

function fields(left: readonly FieldRow[] | null, right: readonly FieldRow[] | null): Row[] {
  const named = (rows: readonly FieldRow[] | null) =>
    (rows ?? []).map(({ field, value }): NamedValue => [field, value]);
  return values(named(left), named(right));
}

function values(left: readonly NamedValue[], right: readonly NamedValue[]): Row[] {
  const [l, r] = [new Map(left), new Map(right)];
  return [...new Set([...l.keys(), ...r.keys()])].map((name) =>
    rowOf(name, l.get(name) ?? null, r.get(name) ?? null),
  );
}

const rowOf = (name: string, left: string | null, right: string | null): Row => ({
  name,
  left,
  right,
  differs: left !== right,
});

/** Checks of both in the order of evaluation; one that only the right side evaluated follows its predecessor. */
function checks(left: Execution | null, right: Execution | null): Row[] {
  const [l, r] = [byName(left?.path ?? []), byName(right?.path ?? [])];
  const names = [...l.keys()];
  let place = 0;
  for (const name of r.keys()) {
    const known = names.indexOf(name);
    if (known >= 0) place = known + 1;
    else names.splice(place++, 0, name);
  }
  return names.map((name) => {
    const [a, b] = [l.get(name), r.get(name)];
    const row = rowOf(
      name.replace(/ #1$/, ''),
      a && left ? resultText(a, left) : null,
      b && right ? resultText(b, right) : null,
    );
    return row;
  });
}

/** The result of a check, with a mark beside the word; for one that refused, why. */
function resultText({ check, which, result, operands }: CheckRecord, said: Execution): string {
  switch (result) {
    case 'pass':
      return '✓ passed';
    case 'would-pass':
      return '· would pass';
    case 'would-fail':
      return '· would refuse too';
    case 'fail':
      return `✕ refused: ${wordsOf(check, said).predicate(operands, which)}`;
    default:
      return `? ${unknownWords('result', result)}`;
  }
}
