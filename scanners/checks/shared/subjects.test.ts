import { expect, test } from 'vitest';
import { exampleNow, FOUND, type AnyRecord } from '../../../src/sdk/index.ts';
import { runExample } from '../../../src/sdk/testing.ts';
import { checks } from '../index.ts';
import { aCredential, anIdentity, aWorkflow, daysAgo } from './examples.ts';
import { isDead, isLiteral, isMention, isSettled, mentionReason } from './subjects.ts';

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

test('a value that was read is a literal, wherever it was', () => {
  const stores = ['literal', 'export', 'platform', 'vault'] as const;
  expect(stores.map((store) => isLiteral(aCredential({ store })))).toEqual([true, true, false, false]);
  expect(isLiteral(aCredential({ id: `${FOUND}1` }))).toBe(true);
  expect(isLiteral(aCredential())).toBe(false);
});

test('what has expired is dead from that moment on, and so is what was revoked, but not what is switched off', () => {
  expect(isDead(aCredential({ expiresAt: daysAgo(0) }), exampleNow)).toBe(true);
  expect(isDead(aCredential({ expiresAt: daysAgo(-1) }), exampleNow)).toBe(false);
  expect(isDead(aCredential({ expiresAt: 'never' }), exampleNow)).toBe(false);
  expect(
    (['expired', 'revoked', 'inactive'] as const).map((status) => isDead(aCredential({ status }), exampleNow)),
  ).toEqual([true, true, false]);
});

test('nothing is left to ask of a literal, the dead and what the platform keeps; of identities the dead are none', () => {
  const settled = [
    aCredential({ store: 'literal' }),
    aCredential({ status: 'revoked' }),
    anIdentity({ builtIn: true }),
  ];
  expect(settled.map((record) => isSettled(record, exampleNow))).toEqual([true, true, true]);
  const open = [aCredential({ builtIn: false }), anIdentity({ status: 'disabled' }), aWorkflow()];
  expect(open.map((record) => isSettled(record, exampleNow))).toEqual([false, false, false]);
});

test('one word of its platform makes a mention a credential', () => {
  const mention = aCredential({ status: 'unknown' });
  expect(isMention(mention)).toBe(true);
  expect(isMention({ ...mention, scopes: [] })).toBe(false);
  expect(isMention(aCredential())).toBe(false);
  expect(isMention(anIdentity({ status: 'unknown' }))).toBe(false);
});
