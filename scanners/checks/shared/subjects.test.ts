import { expect, test } from 'vitest';
import type { AnyRecord } from '../../../src/sdk/index.ts';
import { runExample } from '../../../src/sdk/testing.ts';
import { checks } from '../index.ts';
import { aCredential } from './examples.ts';
import { isMention, mentionReason } from './subjects.ts';

/** They cannot be answered without the record of the platform that defines the credential. */
const needDefinition = `
  AUT-07 CRD-01 CRD-02 CRD-03 CRD-04 CRD-05 CRD-08 CRD-09 CRD-10 CRD-12 EXP-07 HUM-03 OWN-01 VLT-01
`
  .trim()
  .split(/\s+/);

test.each(needDefinition)(
  '%s says of what a workflow merely mentions that nothing defines it, and of nothing else',
  (id) => {
    const check = checks.find((each) => each.id === id);
    if (check === undefined) throw new Error(`no check ${id}`);
    const mention = { name: 'a mention', subject: aCredential({ status: 'unknown' }) };
    for (const example of [mention, ...check.examples.unknown]) {
      const reasons = runExample(check, example).map((verdict) => (verdict.is === 'unknown' ? verdict.because : ''));
      expect(reasons.includes(mentionReason), example.name).toBe(isMention(example.subject as AnyRecord));
    }
  },
);
