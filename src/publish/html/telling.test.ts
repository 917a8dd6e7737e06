import { describe, expect, test } from 'vitest';
import { aFinding, gone, here, reportOf } from '../../../test/helpers/a-finding.ts';
import { plainText, sectionOf } from '../../../test/helpers/plain-text.ts';
import { organisation } from '../../../test/helpers/register.ts';
import { reportTime } from '../../../test/helpers/report-records.ts';
import type { Holdings } from '../../../test/helpers/report-store.ts';
import type { Finding } from '../../core/finding.ts';
import { DAY } from '../../core/time.ts';

const page = (holdings: Partial<Holdings>) => reportOf('html', holdings);
const body = async (finding: Finding, holdings: Partial<Holdings> = {}) =>
  plainText(
    `<li ${(await page({ findings: [finding], ...holdings })).split('<li id="f-')[1]!.split('</details>')[0]!}`,
  );

describe('of a finding the page tells', () => {
  test('what it rests on, with the place, and what is not known', async () => {
    const at = { path: 'flows/crm.json', line: 12, step: 'Send', field: 'X-API-KEY' };
    const text = await body(
      aFinding({
        evidence: [
          { fact: 'last used', value: null },
          { fact: 'header', value: 'X-API-KEY', at },
          { fact: 'shared with', value: 0, source: 'people:directory' },
        ],
      }),
    );
    expect(text).toContain(
      'last used not known header X-API-KEY flows/crm.json:12 · step Send · field X-API-KEY shared with 0 people:directory',
    );
    expect(await body(aFinding())).toContain('Evidence The finding is about the subject as a whole.');
    const many = (length: number) =>
      aFinding({ evidence: Array.from({ length }, (_, n) => ({ fact: 'step', value: n })) });
    expect(await body(many(50))).not.toContain('more');
    expect(await body(many(53))).toMatch(/step 49 and 3 more/);
  });

  test('why it weighs what it weighs, whose it is and who is to mend it', async () => {
    const text = await body(
      aFinding({
        severityReasons: [
          { step: 0, because: 'base severity high' },
          { step: 1, because: 'it is live' },
          { step: -1, because: 'it is a test' },
        ],
        owner: gone.id,
        ownerReason: 'Its tag says so.',
        ownerConfidence: 'medium',
        assignee: here.id,
        reopened: 2,
      }),
    );
    expect(text).toContain('Why high base severity high +1 it is live −1 it is a test');
    expect(text).toContain(
      `${gone.name} <${gone.email}>, who has left Its tag says so. Confidence: medium. Assigned to ${here.name}.`,
    );
    expect(text).toContain('reopened 2 ×');
    const { owner: _, ownerReason: _r, ...nobodys } = aFinding();
    const other = await body(nobodys);
    expect(other).toContain('Who answers for it Nobody is known. Controls');
    expect(other).not.toContain('reopened');
  });

  test('when it is due, by the policy’s days for its severity, and when it was', async () => {
    const due = async (openedAt: number) => / · ((?:was )?due .{10})/.exec(await body(aFinding({ openedAt })))?.[1];
    expect(await due(reportTime - 10 * DAY)).toBe('due 2026-12-10');
    expect(await due(reportTime - 31 * DAY)).toBe('was due 2026-11-19');
  });

  test('who set it aside, until when and why', async () => {
    const decision = organisation().decisions[0]!;
    const decided = { ...decision, subject: 'F-1', requestedBy: here.id, approvedBy: gone.id, reason: 'It moves.' };
    const accepted = aFinding({ disposition: 'accepted', dispositionUntil: reportTime + 40 * DAY });
    const text = await body(accepted, { decisions: [{ ...decided, kind: 'accept' }] });
    expect(text).toContain(`Accepted until 2026-12-30 : It moves. (${here.name} and ${gone.name})`);
    expect(text).toContain('· accepted');
    expect(text).not.toMatch(/\bdue\b/);
    expect(await body(accepted)).toContain('Accepted until 2026-12-30 .');
    // An earlier decision of the other kind is not the reason for this one.
    const refuted = aFinding({ disposition: 'false-positive' });
    expect(await body(refuted, { decisions: [{ ...decided, kind: 'accept' }] })).toContain(
      'Marked as a false positive.',
    );
    expect(await body(refuted, { decisions: [{ ...decided, kind: 'false-positive' }] })).toContain(
      `Marked as a false positive: It moves. (${here.name} and ${gone.name})`,
    );
    const { approvedBy: _, ...alone } = decided;
    expect(await body(accepted, { decisions: [{ ...alone, kind: 'accept' }] })).toContain(`It moves. (${here.name}) `);
    expect(await body(aFinding(), { decisions: [{ ...decided, kind: 'accept' }] })).not.toContain('It moves.');
  });

  test('that nothing is known to lean on what it is about', async () => {
    const key = { ...aFinding().subject, kind: 'credential' as const };
    expect(await body(aFinding({ subject: key }))).toContain('Nothing is known to lean on it.');
  });
});

describe('the summary tells', () => {
  const summary = async (holdings: Partial<Holdings>) => sectionOf(await page(holdings), 'summary');

  test('where to begin, whose that is, and since when it is late', async () => {
    const late = aFinding({ openedAt: reportTime - 31 * DAY, owner: gone.id, evidence: [] });
    const { owner: _, ...nobodys } = aFinding({ id: 'F-2', severity: 'medium', openedAt: reportTime });
    expect(await summary({ findings: [late] })).toMatch(
      /Begin here: the worst finding ▲ high .* <henrik\.dahl@acme\.example> \(has left\) · was due 2026-11-19/,
    );
    const both = await summary({ findings: [late, nobodys] });
    expect(both).toContain('Begin here: the 2 worst findings');
    expect(both).toContain('Nobody answers for it · due 2027-02-18');
    expect(await summary({ findings: [] })).not.toContain('Begin here');
  });

  test('of a shared secret the first file that it lies in, and of what has no file the source', async () => {
    const subject = { ...aFinding().subject, source: '*' };
    const at = { path: 'a/b.json', line: 7, pointer: '/nodes/3' };
    const said = [
      { fact: 'place', value: 'x', at: { pointer: '/top' } },
      { fact: 'place', value: 'y', at },
    ];
    expect(await summary({ findings: [aFinding({ subject, evidence: said })] })).toContain('in a/b.json:7 ');
    expect(await summary({ findings: [aFinding({ subject })] })).toContain('in several places');
    expect(await summary({ findings: [aFinding()] })).toContain(`in ${aFinding().subject.source}`);
  });

  test('how much was read completely, and what of the whole has an owner who is here', async () => {
    const stream = { source: 's', stream: 'a', outcome: 'complete', items: 1, quarantined: 0 } as const;
    const coverage = [stream, { ...stream, stream: 'b', outcome: 'partial' } as const, { ...stream, stream: 'c' }];
    const text = await summary({ coverage });
    expect(text).toContain('Have an owner who is here – Streams read completely 2 of 3 Set aside');
  });

  test('how many were open on each day, and counts nothing else as open', async () => {
    const day = (date: string, shown: 'open' | 'accepted' | 'resolved', count: number) =>
      ({ day: date, check: 'CRD-01', severity: 'high', shown, count }) as const;
    const days = [day('2026-11-02', 'open', 3), day('2026-11-01', 'open', 5), day('2026-11-02', 'resolved', 4)];
    expect(await summary({ days: [...days, day('2026-11-01', 'accepted', 9)] })).toContain(
      'Open findings from 2026-11-01 (5) to 2026-11-02 (3)',
    );
    expect(await summary({ days: days.slice(0, 1) })).not.toContain('Open findings from');
  });
});
