// SPDX-License-Identifier: MIT
type Path = readonly (string | number)[];

/** A JSON Pointer (RFC 6901) as a path; null for text that is none. Digits alone are an index. */
export function pathOf(pointer: string): (string | number)[] | null {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) return null;
  return pointer
    .slice(1)
    .split('/')
    .map((part) =>
      /^(0|[1-9][0-9]{0,5})$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~'),
    );
}

/** A path as a JSON Pointer. */
export const pointerOf = (path: Path): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** Whether a path leads to a place or to something in it. */
export const isWithin = (path: Path, place: Path): boolean => place.every((part, i) => path[i] === part);
