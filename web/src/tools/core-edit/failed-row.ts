// SPDX-License-Identifier: MIT
import type { MatrixRow } from '#engine/compare/matrix.ts';
import { tellingStep } from '#engine/view/matrix-cells.ts';
import { EDITED } from './trial-protocol.ts';

/** The row of a scenario on which the edited core gave no answer. `row` has the shipped core's answer. */
export function failedRow(row: MatrixRow, fault: string): MatrixRow {
  const step = tellingStep(row);
  const left = row.cells[0]?.verdicts.findLast((one) => one.step === step)?.text ?? '';
  const deciding = { step, repeat: 0, kind: 'missing', field: 'answer', left, right: fault } as const;
  const cell = { label: EDITED, verdicts: [], stopped: fault, fault, deciding, beside: deciding };
  return { ...row, cells: [...row.cells, cell], differs: true };
}
