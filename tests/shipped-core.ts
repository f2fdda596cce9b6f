// SPDX-License-Identifier: MIT
import { shippedFiles } from '../scripts/vite/shipped-source.mjs';

/** The build that the files below say they are of. */
export const BUILD = '0.0.0+01234567';

const files = shippedFiles(BUILD);

/** Returns the text of a file beside the page, by its address relative to the page, as a server would. */
export async function readShipped(address: string): Promise<string> {
  const text = files.get(address.replace(/\?.*$/, ''));
  if (text === undefined) throw new Error(`there is no ${address}`);
  return text();
}
