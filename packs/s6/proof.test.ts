import { describe, expect, test } from 'vitest';
import type { PackSpec } from '#policy/language/pack.ts';
import { prove } from '#policy/prove/prove.ts';
import { pack } from './golden.ts';
import { breaks } from './shown/breaks.ts';

describe('The procedure is proved before it is used', () => {
  test('as it is written, nobody is left without an answer, a person or a date', () => {
    const proof = prove(pack);
    expect(proof.findings).toEqual([]);
    expect(proof.incomplete).toEqual([]);
  });

  test.each(breaks)('when %s, it is found', (_what, change, law, procedure, at) => {
    const copy = structuredClone(pack) as PackSpec;
    change(copy);
    const { findings } = prove(copy);
    const finding = findings.find((one) => one.law === law && one.procedure === procedure && one.at === at);
    expect(finding, JSON.stringify(findings.map((one) => [one.law, one.procedure, one.at]))).toBeDefined();
    expect(finding?.message.zh).toMatch(/[\u4e00-\u9fff]/);
  });
});
