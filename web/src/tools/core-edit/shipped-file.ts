// SPDX-License-Identifier: MIT
// What lies beside the page in source/ is fetched when it is wanted. A server may have a newer build by then.

/** The page's own build id; null if it has none. */
export const buildOfPage = (): string | null =>
  document.querySelector<HTMLMetaElement>('meta[name="build"]')?.content ?? null;

/**
 * Fetches the text of a file beside the page.
 * @param what it is, as the beginning of a sentence: `The core's source`
 * @param address relative to the page
 * @throws Error whose message is a sentence: what did not load, and why
 */
export async function fetchShipped(what: string, address: string, cache: RequestCache): Promise<string> {
  const name = address.replace(/\?.*$/, '');
  let response: Response;
  try {
    response = await fetch(new URL(address, document.baseURI), { cache });
  } catch {
    throw new Error(`${what} did not load: there is no connection to the server of ${name}.`);
  }
  if (!response.ok)
    throw new Error(`${what} did not load: the server answered ${response.status} for ${name}.`);
  return response.text();
}

/**
 * Refuses what was made of a build other than the page's.
 * @param what it is, as the beginning of a sentence
 * @param build of what came
 * @param own of the page; null if it has none
 * @throws Error whose message is a sentence
 */
export function sameBuild(what: string, build: string, own: string | null): void {
  if (own !== null && build !== own)
    throw new Error(
      `${what} on the server is of build ${build}, this page is of build ${own}: reload the page.`,
    );
}
