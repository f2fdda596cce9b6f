// SPDX-License-Identifier: MIT

/**
 * Whether a link's recorded `ret` is today's. For fiemap and bmap links once recorded what was counted or found,
 * where now they record the system call's 0.
 */
export function sameReturn(then: string, today: string, step: string | undefined): boolean {
  if (then === today) return true;
  return (step === 'fiemap' || step === 'bmap') && today === '0' && /^[1-9]\d*$/.test(then);
}
