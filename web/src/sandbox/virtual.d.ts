// SPDX-License-Identifier: MIT
/** What scripts/vite/sandbox.mjs makes. */
declare module 'virtual:sandbox-frame' {
  /** The document of the frame. */
  const html: string;
  export default html;
}
declare module 'virtual:sandbox-engine' {
  /** The engine as one classic script. */
  const text: string;
  export default text;
}
