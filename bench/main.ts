// SPDX-License-Identifier: MIT
import { benchEdits } from './edits.ts';
import { benchEvaluate } from './evaluate.ts';
import { benchScale } from './scale.ts';
import { benchSearch } from './search.ts';
import { benchIo } from './io.ts';
import { reportSizes } from './sizes.ts';

/** `npm run bench`: speeds as ratios measured in one run, growth, sizes. Fails if the verdicts differ. */
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
process.exitCode = agreed ? 0 : 1;
