// SPDX-License-Identifier: MIT
import { MESSAGES, messageIdIn } from '#engine/view/review/messages.ts';
import type { App } from '../../app/app.svelte.ts';
import { edit } from '../../app/editing.ts';
import { DEFAULT_REVISION } from '#engine/kernel/features.ts';

/**
 * A message-id or an archive's address that is pasted alone: what is known of the mail, with ways on; of any other,
 * what to paste instead. Nothing is fetched. Resolves to whether the text was one.
 */
export function take(app: App, text: string): Promise<boolean> {
  const id = messageIdIn(text);
  if (id === null) return Promise.resolve(false);
  const known = Object.hasOwn(MESSAGES, id) ? MESSAGES[id] : undefined;
  if (known === undefined) {
    app.notices.show(
      `No mail with the message-id ${id} is known here, and nothing is fetched. Paste the patch itself, the mail as text, a hexdump or a trace.`,
      { kind: 'warning', about: 'message' },
    );
    return Promise.resolve(true);
  }
  const { what, revision, cases, checks } = known;
  const actions = [
    ...(revision === null
      ? []
      : [
          {
            label: `Answer as ${revision}`,
            run: () => {
              const value = revision === DEFAULT_REVISION ? undefined : revision;
              app.document.seal();
              edit(app.document, [{ path: ['kernel', 'revision'], value }], `answer as ${revision}`);
            },
          },
        ]),
    ...cases.map((name) => ({ label: `Case ${name}`, run: () => app.tools.open('review', name) })),
    ...checks.map((check) => ({ label: `Check ${check}`, run: () => app.openCheck(check) })),
  ];
  const older = revision === null ? ' It is older than every revision here.' : '';
  app.notices.show(`This is ${what}.${older} Nothing was fetched.`, { actions, about: 'message' });
  return Promise.resolve(true);
}
