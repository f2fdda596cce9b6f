// SPDX-License-Identifier: GPL-2.0-only
declare global {
  interface Window {
    MonacoEnvironment?: { getWorker(id: string, label: string): Worker };
  }
}
export {};
