import { expect, test, vi } from 'vitest';
import { readLive, type LiveOptions } from '../../test/helpers/live.ts';
import { vendor } from '../../test/vendors/aws.ts';
import { list } from '../../test/vendors/aws/trails.ts';
import { aws } from './index.ts';

vi.setConfig({ testTimeout: 60_000 });

type Listed = {
  TrailARN: string;
  HomeRegion: string;
  IsMultiRegionTrail?: boolean;
  HasCustomEventSelectors?: boolean;
};
const all = (list['eu-west-1'] ?? []) as readonly Listed[];
const trail = (name: string, more: Partial<Listed> = {}): Listed => {
  const found = all.find(({ TrailARN }) => TrailARN.endsWith(`/${name}`));
  if (!found) throw new Error(`there is no trail ${name}`);
  return { ...found, ...more };
};
const refused = { status: 400, json: { __type: 'AccessDeniedException' } };

/** What is said of the account where a region has these trails; `refuse` are calls that are not allowed. */
async function account(
  trails: Readonly<Record<string, readonly Listed[]>>,
  refuse: readonly string[] = [],
  more: LiveOptions = {},
  also: NonNullable<LiveOptions['tamper']> = (_, usual) => usual,
) {
  const tamper: LiveOptions['tamper'] = (request, usual) => {
    const [, call = ''] = request.headers.get('x-amz-target')?.split('.') ?? [];
    if (refuse.some((each) => `${call} ${request.body}`.startsWith(each) || each === call)) return refused;
    if (call !== 'DescribeTrails') return also(request, usual);
    const [, region = ''] = /\/\d{8}\/([\w-]+)\/cloudtrail\//.exec(request.headers.get('authorization') ?? '') ?? [];
    return { json: { trailList: trails[region] ?? [] } };
  };
  const streams = { account: aws.streams['account'] as NonNullable<(typeof aws.streams)['account']> };
  const { records, coverage, requests } = await readLive({ ...aws, streams }, vendor(), { tamper, ...more });
  const record = [...records.values()].find(({ kind }) => kind === 'container');
  const asked = requests
    .map(({ headers }) => headers.get('x-amz-target')?.split('.')[1])
    .filter((call) => call !== undefined);
  return {
    ...(record?.kind === 'container' && { logging: record.logging, gaps: record.gaps }),
    outcome: coverage.find(({ stream }) => stream === 'account')?.outcome,
    asked,
  };
}

const history = { runs: 'on', retentionDays: 90 };

test.each([
  ['a trail of all regions that keeps changes', { 'eu-west-1': all }, { runs: 'on' }],
  ['no trail', {}, history],
  [
    'trails of data, of reading, or switched off',
    { 'eu-west-1': [trail('data'), trail('reads'), trail('stopped')] },
    history,
  ],
  ['a trail of one region', { 'eu-west-1': [trail('here')] }, history],
  [
    'a trail in each region, IAM’s among them',
    { 'eu-west-1': [trail('here')], 'us-east-1': [trail('here', { HomeRegion: 'us-east-1' })] },
    { runs: 'on' },
  ],
  [
    'the trail of one region, shown in another one too',
    { 'eu-west-1': [trail('here')], 'us-east-1': [trail('here')] },
    history,
  ],
] as const)('%s', async (_, trails, logging) => {
  expect(await account(trails)).toMatchObject({ logging, outcome: 'complete' });
});

test('a trail that may not be looked at leaves it open, unless another one settles it', async () => {
  const shut = `GetEventSelectors {"TrailName":"${trail('data').TrailARN}`;
  expect(await account({ 'eu-west-1': [trail('data')] }, [shut])).toMatchObject({
    logging: undefined,
    gaps: { logging: 'denied' },
    outcome: 'complete',
  });
  expect(await account({ 'eu-west-1': [trail('data'), trail('whole')] }, [shut])).toMatchObject({
    logging: { runs: 'on' },
  });
});

test('an answer that chooses nothing leaves it open, unless the trail is said to have no choice of its own', async () => {
  const empty: LiveOptions['tamper'] = (request, usual) =>
    request.headers.get('x-amz-target')?.endsWith('.GetEventSelectors') === true ? { json: {} } : usual;
  const told = async (custom?: boolean) => {
    const only = trail('whole', custom === undefined ? {} : { HasCustomEventSelectors: custom });
    return (await account({ 'eu-west-1': [only] }, [], {}, empty)).logging;
  };
  expect([await told(), await told(true), await told(false)]).toEqual([undefined, undefined, { runs: 'on' }]);
});

test('without the permission the account is there, and the read is not complete', async () => {
  expect(await account({}, ['DescribeTrails'])).toMatchObject({ gaps: { logging: 'denied' }, outcome: 'partial' });
});

test('nothing is asked where it should not be', async () => {
  const { asked, gaps, outcome } = await account({}, [], { settings: { trails: false } });
  expect([asked, gaps, outcome]).toEqual([[], { logging: 'not-seen' }, 'complete']);
});
