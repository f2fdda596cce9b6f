// SPDX-License-Identifier: MIT

/** What a page says to the worker of a newer build when its reader wants that build. */
export const TAKE_OVER = 'take-over';

/** What the service workers use of their global scope. */
export interface WorkerSelf {
  readonly registration: {
    readonly active: object | null;
    readonly scope: string;
    unregister(): Promise<boolean>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
  addEventListener(type: 'install', listener: () => void): void;
  addEventListener(
    type: 'activate',
    listener: (event: { waitUntil(work: Promise<unknown>): void }) => void,
  ): void;
}
