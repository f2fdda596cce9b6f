// SPDX-License-Identifier: MIT
declare global {
  interface Window {
    MonacoEnvironment?: { getWorker(id: string, label: string): Worker };
  }
}
export {};
