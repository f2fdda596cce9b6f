// SPDX-License-Identifier: MIT
import { benchEdits } from './edits.ts';
import { benchEvaluate } from './evaluate.ts';
import { benchScale } from './scale.ts';
import { benchSearch } from './search.ts';
import { benchIo } from './io.ts';
import { benchMap } from './map.ts';
import { reportSizes } from './sizes.ts';

/** `npm run bench`: speeds as ratios measured in one run, growth, sizes. Fails if the verdicts differ. */
function benchEngine(): boolean {
  const agreed = benchEvaluate();
  console.log('');
  benchScale();
  console.log('');
  benchEdits();
  console.log('');
  benchIo();
  console.log('');
  benchSearch();
  console.log('');
  reportSizes();
  return agreed;
}

/** `npm run bench -- first`: the first verdict of the built page in Chromium. Its code loads a browser's driver. */
async function benchPage(dist?: string): Promise<boolean> {
  const { benchFirst } = await import('./first.ts');
  await benchFirst(dist);
  return true;
}

/** `npm run bench -- io --against DIR`: two checkouts. Its code loads the bundler. */
async function benchCheckouts(dir: string): Promise<boolean> {
  const { benchAgainst } = await import('./against.ts');
  return benchAgainst(dir);
}

const [what, ...rest] = process.argv.slice(2);
if (what === undefined) process.exitCode = benchEngine() ? 0 : 1;
else if (what === 'map') process.exitCode = benchMap() ? 0 : 1;
else if (what === 'first') await benchPage(rest[0]);
else if (what === 'io' && rest[0] === '--against' && rest[1] !== undefined)
  process.exitCode = (await benchCheckouts(rest[1])) ? 0 : 1;
else {
  console.error(
    `bench: there is no bench "${[what, ...rest].join(' ')}". Without a name: the engine. map: an acceptance map. first [dist]: the built page. ` +
      'io --against DIR: I/O steps beside another checkout.',
  );
  process.exitCode = 2;
}
