import { expect, test } from 'vitest';
import { aFinding } from '../../test/helpers/a-finding.ts';
import { organisation, reportSources } from '../../test/helpers/register.ts';
import { ownership, reportTime } from '../../test/helpers/report-records.ts';
import { empty } from '../../test/helpers/report-store.ts';
import { DAY } from '../core/time.ts';
import { ownedPercent, sentences } from './sentences.ts';
import { answerOf, survey } from './survey.ts';

const said = async (holdings = organisation()) =>
  sentences(await survey(reportSources(holdings)))
    .map((one) => one.text)
    .join(' ');

test('says what was read, how well, what is worst, who answers, what changed', async () => {
  expect(await said()).toBe(
    'The scan called the roll of 315 non-human identities, credentials and automations in 6 sources. It could not read 3 of 9 streams completely: where it was blind, a missing finding proves nothing. 117 findings are open, 4 critical and 28 high; 50 past the deadline. 77 % have an owner who is still here; of 41 every owner has left, and for 30 nobody is known to answer. Since the scan before: 9 new, 2 reopened, 1 worse, 6 resolved.',
  );
});

test('never turns an empty or incomplete scan into good news', async () => {
  expect(await said(empty)).toBe('Nothing has been scanned yet, so this report says nothing about anything.');
  const blind = await said({ ...empty, run: { id: 1, startedAt: 1, policy: 'default', version: '0' } });
  expect(blind).toContain('It recorded no coverage, so a missing finding proves nothing.');
  expect(blind).toContain('No finding is open.');
});

test('an owner is an answer only while somebody is known to be here', () => {
  const claim = (state: 'active' | 'left' | 'unknown') =>
    ({
      role: 'accountable',
      person: state,
      name: state,
      state,
      basis: 'tag',
      rel: 'owned-by',
      confidence: 'low',
      reason: '',
    }) as const;
  expect(answerOf({ claims: [] })).toBe('unknown');
  expect(answerOf({ claims: [claim('unknown')] })).toBe('unknown');
  expect(answerOf({ accountable: claim('left'), claims: [claim('left')] })).toBe('left');
  expect(answerOf({ accountable: claim('left'), claims: [claim('left'), claim('active')] })).toBe('here');
  expect(answerOf({ claims: [{ ...claim('active'), role: 'backup' }] })).toBe('unknown');
});

test('a share of owners is rounded down', () => {
  expect(ownedPercent({ here: 999, left: 1, unknown: 0 })).toBe('99 %');
  expect(ownedPercent({ here: 10, left: 0, unknown: 0 })).toBe('100 %');
});

test('says no more than it knows of a small register, and no less', async () => {
  const { run, people } = organisation();
  const stream = { source: 's', stream: 'a', outcome: 'complete', items: 1, quarantined: 0 } as const;
  const one = aFinding({ severity: 'medium', openedAt: reportTime });
  const key = { kind: 'credential', id: 'k', name: 'k', type: 'api-key', status: 'active' } as const;
  const owned = [
    { ref: { source: 's', kind: 'credential', id: 'k' }, name: 'k', ownership: ownership(people[0]) },
  ] as const;
  const records = [{ source: 's', record: key }];
  expect(
    await said({ ...empty, run, coverage: [stream], findings: [one], records, owned, changes: { opened: 1 } }),
  ).toBe(
    'The scan called the roll of 1 non-human identity, credential or automation in 1 source. It read its one stream completely. 1 finding is open, none of them critical or high; none is past its deadline. Everything has an owner who is still here. Since the scan before: 1 new.',
  );
  const coverage = [stream, { ...stream, stream: 'b' }];
  const high = { ...one, severity: 'high', openedAt: reportTime - 31 * DAY } as const;
  expect(await said({ ...empty, run, coverage, findings: [high], changes: { resolved: 0 } })).toBe(
    'The scan called the roll of 0 non-human identities, credentials and automations in 1 source. It read every one of 2 streams completely. 1 finding is open, 1 high; 1 past the deadline. Nothing has changed since the scan before.',
  );
  expect(await said({ ...empty, run: { ...run!, id: 1 }, changes: { opened: 3 } })).toContain(
    'This was the first scan',
  );
});
