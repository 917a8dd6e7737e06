import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { anAssessment } from '../../test/helpers/assessment.ts';
import type { Coverage } from '../core/coverage.ts';
import { defineCheck, pass } from '../sdk/check.ts';
import type { Prepared } from './evaluate.ts';
import { assessStreams, sightsOf } from './streams.ts';
import { Tally } from './tally.ts';

const blind = defineCheck({
  id: 'TST-01',
  version: 1,
  title: 'Not read',
  over: ['stream'],
  severity: 'medium',
  rationale: '',
  confidence: 'high',
  remediation: '',
  controls: {},
  threat: 'blind-spot',
  params: z.strictObject({}),
  evaluate: ({ coverage }) =>
    coverage.outcome === 'complete'
      ? pass
      : { is: 'fail', evidence: [{ fact: 'detail', value: coverage.detail ?? '' }] },
  examples: { fires: [], quiet: [], unknown: [] },
});
const prepared: Prepared[] = [{ no: 0, id: blind.id, check: blind, params: {}, severity: 'medium' }];

function asked(...streams: (Partial<Coverage> & { stream: string })[]) {
  const sights = streams.map((coverage) => ({
    coverage: { source: 'okta:acme', outcome: 'failed' as const, items: 0, quarantined: 0, ...coverage },
    blindSpots: [],
    moreBlindSpots: 0,
  }));
  const { subjects, observed } = assessStreams(prepared, sights, anAssessment, new Tally());
  const found = observed.map(({ subject, evidence }) => [subject.id, subject.name, evidence[0]?.value]);
  return {
    open: subjects.filter(({ unknown }) => unknown.length > 0).map(({ id }) => id),
    found: found.toSorted(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1)),
  };
}

const down = (stream: string, route: string) =>
  ({ stream, reason: 'transient', detail: `GET ${route} no connection: refused` }) as const;

describe('a source of which nothing could be read', () => {
  test('for one reason is one finding, and what was open about its streams stays open', () => {
    expect(asked(down('apps', '/api/v1/apps'), down('users', '/api/v1/users'))).toEqual({
      open: ['apps', 'users'],
      found: [['*', 'okta:acme, 2 streams', 'no connection: refused']],
    });
  });

  test('leaves out what no interface lists', () => {
    const never = { stream: 'logs', outcome: 'skipped', reason: 'not-supported', detail: 'Nowhere.' } as const;
    const { found } = asked(down('apps', '/apps'), down('users', '/users'), never);
    expect(found.map(([id]) => id)).toEqual(['*', 'logs']);
  });

  test.each([
    ['one stream was read', { stream: 'users', outcome: 'complete' as const, items: 1 }],
    ['there are two reasons', { stream: 'users', reason: 'permission' as const, detail: 'GET /users refused' }],
    ['something of it was read', { ...down('users', '/users'), items: 3 }],
  ])('is looked at stream by stream where %s', (_when, other) => {
    const { open, found } = asked(down('apps', '/apps'), other);
    expect(open).toEqual([]);
    expect(found.map(([id]) => id)).toEqual(
      ['apps', 'users'].filter((id) => id !== other.stream || !('outcome' in other)),
    );
  });

  test('may be a single stream', () => {
    expect(asked(down('apps', '/apps')).found).toEqual([
      ['apps', 'okta:acme apps', 'GET /apps no connection: refused'],
    ]);
  });
});

test('what should have been read is named, however many pictures stand before it', async () => {
  const spot = (subject: string, expected?: true) => ({
    source: 'files:x',
    stream: 'files',
    subject,
    reason: 'unreadable' as const,
    detail: '',
    ...(expected && { expected }),
  });
  const pictures = Array.from({ length: 40 }, (_, at) => spot(`${at}.png`, true));
  const gaps = Array.from({ length: 22 }, (_, at) => spot(`z${at}.json`));
  const coverage = { source: 'files:x', stream: 'files', outcome: 'partial' as const, items: 9, quarantined: 22 };
  async function* blindSpots() {
    yield pictures;
    yield gaps;
  }
  const [sight] = await sightsOf({ blindSpots }, [coverage]);
  expect(sight?.blindSpots.map(({ subject }) => subject)).toEqual(gaps.slice(0, 20).map(({ subject }) => subject));
  expect(sight?.moreBlindSpots).toBe(2);
});
