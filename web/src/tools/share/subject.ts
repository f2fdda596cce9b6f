// SPDX-License-Identifier: MIT
import { FORMS, type Form } from './forms.ts';

export type ShareTab = 'link' | 'card' | 'copy';

/** The part of the dialog to show first. */
export interface ShareSubject {
  tab: ShareTab;
  /** The form of the step that has the focus. */
  form: Form | null;
  /** Whether the edited core goes along. */
  edit: boolean;
}

/** What `''`, `card`, `copy`, `copy/hexdump` or `link/edit` opens. */
export function subjectOf(subject: string): ShareSubject {
  const [tab, detail = ''] = subject.split('/');
  return {
    tab: tab === 'card' || tab === 'copy' ? tab : 'link',
    form: Object.hasOwn(FORMS, detail) ? (detail as Form) : null,
    edit: tab === 'link' && detail === 'edit',
  };
}
