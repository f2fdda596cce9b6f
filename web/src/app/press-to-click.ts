// SPDX-License-Identifier: MIT

/** What a click works on. */
const CONTROLS = 'button, a[href], summary, label, input[type=checkbox], [role=option]';
/** A pointer that moved no further between press and release meant what it pressed. */
const STILL_PX = 8;

/**
 * A press belongs to the control that it began on. An answer that arrives between press and release may move that
 * control away from under the pointer. The browser then sends the click to a common ancestor, where nothing handles
 * it; here the control gets it. Returns a function that stops it.
 */
export function clickWherePressed(on: Window): () => void {
  let pressed: { control: HTMLElement; x: number; y: number } | null = null;

  const down = ({ target, isPrimary, button, clientX: x, clientY: y }: PointerEvent) => {
    const control = target instanceof Element ? target.closest<HTMLElement>(CONTROLS) : null;
    pressed = control && isPrimary && button === 0 ? { control, x, y } : null;
  };

  const click = (event: MouseEvent) => {
    const was = pressed;
    pressed = null;
    if (was === null || !event.isTrusted || was.control.contains(event.target as Node)) return;
    const stayed = Math.hypot(event.clientX - was.x, event.clientY - was.y) <= STILL_PX;
    if (!stayed || !was.control.isConnected) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    was.control.click();
  };

  on.addEventListener('pointerdown', down, true);
  on.addEventListener('click', click, true);
  return () => {
    on.removeEventListener('pointerdown', down, true);
    on.removeEventListener('click', click, true);
  };
}
