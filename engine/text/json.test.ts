// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { REFUSED, runOf } from '../testing/fixture.ts';
import { hexText, runToJson } from './json.ts';

test('64-bit values are decimal strings, bytes hex, the rest as it is', () => {
  const json = JSON.parse(JSON.stringify(runToJson(runOf([REFUSED]))));
  expect(json.revision).toBe('v6-04');
  expect(json.stopped).toBeNull();
  const [execution] = json.executions;
  expect(execution.ret).toBe('-117');
  expect(execution.reply.write.addr).toBe('18446744073709551615');
  expect(execution.reply.write.flags).toBe(0x81);
  expect(execution.request.bytes).toBe('00'.repeat(32));
  expect(execution.decided.operands).toEqual(['2', '2', '2']);
});

test('an index in the path of an expectation is a string, in the run and in its executions', () => {
  const unmet = [{ execution: 0, step: 0, path: ['bios', 1, 'device'], expected: 'vda', actual: 'vdb' }];
  const run = { ...runOf([{ ...REFUSED, unmet }]), expectations: { met: 0, unmet } };
  const json = JSON.parse(JSON.stringify(runToJson(run)));
  expect(json.expectations.unmet[0].path).toEqual(['bios', '1', 'device']);
  expect(json.executions[0].unmet[0].path).toEqual(['bios', '1', 'device']);
});

test('each byte is two digits', () => {
  expect(hexText(Uint8Array.of(0, 10, 255))).toBe('000aff');
});
