// SPDX-License-Identifier: MIT
import { ordinal } from '#engine/kernel/ordinal.ts';
import type { StepName } from '#engine/scenario/schema.ts';
import { hintOf } from '#engine/words/hints.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import type { JsonText } from '#engine/scenario/json.ts';
import { copyStep, insertStep, moveStep, removeStep, type Edited } from '#engine/scenario/edit.ts';
import type { App } from './app.svelte.ts';
import type { JsonValue } from '#engine/scenario/path.ts';

/** A mapping of the first block, for steps that ask for one. */
const REPLIES: JsonValue = [{ read: { type: 'MAPPED', offset: 0n, length: 4096n, addr: '1M', dev: 1n } }];
/** What a new step of a kind says. What the kind is for, the glossary says. */
interface Kind {
  template: { do: StepName; [key: string]: JsonValue };
}

/** In the order in which a menu offers them. */
const KINDS: { readonly [N in StepName]: Kind & { template: { do: N } } } = {
  iomap_begin: {
    template: {
      do: 'iomap_begin',
      pos: 0n,
      count: 4096n,
      reply: { read: { type: 'MAPPED', offset: 0n, length: 4096n, addr: '1M', dev: 1n } },
    },
  },
  iomap_end: { template: { do: 'iomap_end' } },
  iomap_ioend: { template: { do: 'iomap_ioend', pos: 0n, written: 4096n, flags: ['UNWRITTEN'] } },
  pread: {
    template: { do: 'pread', offset: 0n, length: 4096n, direct: true, replies: REPLIES },
  },
  pwrite: {
    template: { do: 'pwrite', offset: 0n, length: 4096n, direct: true, replies: REPLIES },
  },
  fsync: { template: { do: 'fsync', replies: REPLIES } },
  fzero: {
    template: { do: 'fzero', offset: 0n, length: 4096n, replies: REPLIES },
  },
  truncate: {
    template: { do: 'truncate', length: 4096n, replies: REPLIES },
  },
  fiemap: { template: { do: 'fiemap', length: 4096n, replies: REPLIES } },
  seek: { template: { do: 'seek', whence: 'data', replies: REPLIES } },
  bmap: { template: { do: 'bmap', replies: REPLIES } },
  funshare: {
    template: { do: 'funshare', offset: 0n, length: 4096n, replies: REPLIES },
  },
  backing_open: {
    template: { do: 'backing_open', fd: 3n, type: 'IOMAP' },
  },
  backing_close: { template: { do: 'backing_close', id: 1n } },
  passthrough_open: {
    template: { do: 'passthrough_open', id: 1n },
  },
  passthrough_release: { template: { do: 'passthrough_release' } },
  ioctl: {
    template: { do: 'ioctl', cmd: 'FUSE_DEV_IOC_BACKING_CLOSE', arg: '01000000' },
  },
  umount: { template: { do: 'umount' } },
  close_dev: { template: { do: 'close_dev' } },
  unmount: { template: { do: 'unmount' } },
};

/** The kinds of steps, in the order in which a menu offers them. */
export const STEP_KINDS = (Object.keys(KINDS) as StepName[]).map((kind) => ({
  do: kind,
  text: hintOf(kind),
}));

/** Adds a step after the chosen one, or as the first. */
export function addStep(app: App, kind: StepName): void {
  const index = app.stepCount === 0 ? 0 : app.selection.step + 1;
  change(app, (json) => insertStep(json, index, KINDS[kind].template), `add ${kind}`, index);
}

export function copyChosen(app: App): void {
  const { step } = app.selection;
  change(app, (json) => copyStep(json, step), `copy step ${ordinal(step)}`, step + 1);
}

export function moveChosen(app: App, by: -1 | 1): void {
  const { step } = app.selection;
  const to = step + by;
  if (to < 0 || to >= app.stepCount) return;
  change(app, (json) => moveStep(json, step, to), `move step ${ordinal(step)}`, to, true);
}

export function removeChosen(app: App): void {
  const { step } = app.selection;
  if (app.stepCount === 0) return;
  const place = Math.max(0, Math.min(step, app.stepCount - 2));
  change(app, (json) => removeStep(json, step), `remove step ${ordinal(step)}`, place);
}

/**
 * A document that is not JSON has no list of steps to change. The keys go on from the step that the action made,
 * or left in its place; `keep` leaves them on the button, to press it again.
 */
function change(
  app: App,
  edit: (json: JsonText) => Edited,
  label: string,
  place: number,
  keep = false,
): void {
  const { parsed } = app.document;
  if (parsed.value === null) {
    const [fault] = parsed.problems;
    app.notices.show(
      `Steps can't be changed while the document is not JSON${fault ? `: line ${fault.line}: ${fault.message}` : '.'}`,
      { kind: 'warning', actions: [{ label: 'Show the error', run: () => app.showFault() }] },
    );
    return;
  }
  app.selection.foldAll();
  app.document.seal();
  app.document.change(parseDocument(edit(parsed.json).json), label, { place, kind: 'edit' });
  app.document.seal();
  app.focus.toSteps(keep);
}
