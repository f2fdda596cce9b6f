// SPDX-License-Identifier: MIT

/** The parts of the page within which the focus stays. A dialog that closes hands it on by itself. */
const PARTS =
  'main > section, [role=main], [role=dialog], #app > header, #app > .beside, #app > .drawer, #app > .bottom';
/** What may stand for a control that is gone. */
const PLACES = `${PARTS}, section, li, ul, ol, details, fieldset, [role=group], [role=region], [role=status]`;

interface Held {
  element: HTMLElement;
  /** Its ancestors, the innermost first, up to the part of the page. */
  around: HTMLElement[];
  name: string;
}

const nameOf = (element: Element) => `${element.tagName} ${element.ariaLabel ?? element.textContent}`;

/**
 * Keeps the focus near where it was when the control that has it goes away: because its press made it useless, or
 * because an answer arrived. The browser lets it fall to the body without a word, and keys are then the page's.
 * A control of the same name in the same place gets it, or else what is left of that place. Returns a function that
 * stops it.
 */
export function keepFocus(page: Document): () => void {
  let held: Held | null = null;

  const entered = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return;
    const around: HTMLElement[] = [];
    for (let at = target.parentElement; at; at = at.parentElement) {
      if (at.matches(PLACES)) around.push(at);
      if (at.matches(PARTS)) break;
    }
    held = { element: target, around, name: nameOf(target) };
  };

  const gone = ({ element }: Held) => !element.isConnected || element.matches(':disabled');
  const isLost = (one: Held | null): one is Held =>
    one !== null &&
    gone(one) &&
    (page.activeElement === page.body || page.activeElement === null || page.activeElement === one.element);

  /** A press elsewhere, on plain text say, drops the focus on purpose. */
  const left = ({ relatedTarget }: FocusEvent) => {
    const was = held;
    if (relatedTarget !== null || was === null) return;
    setTimeout(() => {
      if (held === was && !gone(was) && page.activeElement !== was.element) held = null;
    });
  };

  const mend = () => {
    const was = held;
    if (!isLost(was)) return;
    held = null;
    const place = was.around.find((one) => one.isConnected && one.checkVisibility());
    if (!place) return;
    const again = [...place.querySelectorAll<HTMLElement>(`${was.element.tagName}:not(:disabled)`)].find(
      (one) => nameOf(one) === was.name,
    );
    if (!again && place.tabIndex < 0) place.tabIndex = -1;
    (again ?? place).focus({ preventScroll: true });
  };

  const observer = new MutationObserver(() => {
    // A moment later: the code that removed the control may know a better place for the focus.
    if (isLost(held)) setTimeout(mend);
  });
  observer.observe(page.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
  page.addEventListener('focusin', entered);
  page.addEventListener('focusout', left);
  return () => {
    observer.disconnect();
    page.removeEventListener('focusin', entered);
    page.removeEventListener('focusout', left);
  };
}
