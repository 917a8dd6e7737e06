import { expect, test } from 'vitest';
import {
  DAY,
  exampleNow,
  weigh,
  type AnyRecord,
  type EnvironmentClass,
  type Match,
  type Place,
  type Verdict,
} from '../../../src/sdk/index.ts';
import { aCredential, anIdentity, aWorkflow } from './examples.ts';
import { exposure, isWithdrawn, sightings, worstIfPublic } from './exposed-secret.ts';
import { aPart } from './parts.ts';
import { sampleGroup, sampleMatch, silentWorkflow } from './sample-secret.ts';

type Group = ReturnType<typeof sampleGroup>;
const issuer = { source: 'aws:prod', ownership: { claims: [] } };

const judge = (
  group: Group,
  environment: EnvironmentClass = 'unknown',
  places: readonly Place[] = ['definition'],
): Verdict & { is: 'fail' } => {
  const ctx = { now: exampleNow, environmentOf: () => environment };
  const verdict = exposure(group, sightings(group, places), ctx, { where: 'written into a workflow' });
  if (!('is' in verdict) || verdict.is !== 'fail') throw new Error('expected a failure');
  return verdict;
};
const evidenceIn = (group: Group, places: readonly Place[]): string[] =>
  judge(group, 'unknown', places).evidence.map(({ fact, value }) => `${fact}: ${value}`);

test('many places make one finding, whose list is capped and says so', () => {
  const places = Array.from({ length: 25 }, (_, at) => sampleMatch({ at: { path: `flows/${at}.json` } }));
  const { evidence } = judge(sampleGroup(places));
  expect(evidence.filter(({ fact }) => fact === 'in the definition')).toHaveLength(20);
  expect(evidence.at(-1)).toEqual({ fact: 'places that are not listed', value: 5 });
});

test('the order in which places were read changes nothing', () => {
  const places = [
    sampleMatch({ at: { path: 'b.json' } }),
    sampleMatch({ at: { path: 'a.json' }, detector: 'zz', title: 'Other' }),
  ];
  expect(judge(sampleGroup(places))).toEqual(judge(sampleGroup(places.toReversed())));
  expect(judge(sampleGroup(places)).evidence.flatMap(({ at }) => at?.path ?? [])).toEqual(['a.json', 'b.json']);
});

test('a secret in a workflow that is switched off is no less valid', () => {
  const off = sampleGroup([sampleMatch()], { record: { ...silentWorkflow, state: 'inactive' } });
  expect(weigh('high', judge(off).circumstances).severity).toBe('high');
});

const { proof: _proof, ...named } = sampleMatch();
const { provider: _provider, ...proved } = sampleMatch();
const { provider: _neither, ...bare } = named;
const live = aWorkflow();
const severity = (
  match: Match,
  more: Parameters<typeof sampleGroup>[1] = {},
  environment: EnvironmentClass = 'unknown',
) => {
  const verdict = judge(sampleGroup([match], more), environment);
  return weigh(verdict.severity?.is ?? 'high', verdict.circumstances).severity;
};

test('what is proved is as bad as it is called where nothing is known around it, what only looks like one is not', () => {
  expect([named, proved].map((match) => severity(match))).toEqual(['high', 'high']);
  expect(severity({ ...bare, confidence: 'medium' })).toBe('medium');
  expect(severity({ ...named, confidence: 'low' })).toBe('low');
});

test('two circumstances make it critical where it is live: proved and in production, named alone and not', () => {
  expect(severity(proved, { record: live })).toBe('high');
  expect(severity(proved, { record: live }, 'production')).toBe('critical');
  expect(severity(named, { record: live }, 'production')).toBe('high');
  expect(severity(proved, {}, 'production')).toBe('high');
});

test.each([
  ['webhook', 'none', 'critical'],
  ['mcp', 'none', 'critical'],
  ['webhook', 'header', 'high'],
  ['schedule', 'none', 'high'],
] as const)('in a live workflow that starts by %s, proved by %s, it is %s', (kind, authentication, expected) => {
  const graph = { ...live.graph, triggers: [{ step: 'start', kind, authentication }] };
  expect(severity(proved, { record: { ...live, graph } })).toBe(expected);
});

test('what its platform lists as live and privileged is, wherever it stands', () => {
  expect(severity(proved, { issued: aCredential() })).toBe('high');
  expect(severity(proved, { issued: aCredential({ admin: true }) })).toBe('critical');
  const [admin, other] = [anIdentity({ admin: true }), anIdentity()];
  expect(severity(named, { record: admin, issued: aCredential() }, 'production')).toBe('critical');
  expect(severity(named, { record: other, issued: aCredential() }, 'production')).toBe('high');
});

test('a place that all of the organisation can read exposes it, a private repository does not', () => {
  expect(severity(named, { record: { ...live, sharedWith: { reach: 'everyone' } } }, 'production')).toBe('critical');
  expect(severity(named, { record: { ...live, sharedWith: { reach: 'some' } } }, 'production')).toBe('high');
  const repository = { kind: 'container', id: 'r', name: 'R', type: 'repository' } as const;
  const issued = aCredential();
  const open = { ...repository, policies: { visibility: 'public' } };
  expect(severity(named, { record: open, issued }, 'production')).toBe('critical');
  expect(severity(named, { record: { ...open, policies: { visibility: 'private' } }, issued }, 'production')).toBe(
    'high',
  );
  const found = (record: AnyRecord) => sightings(sampleGroup([named], { record }), ['definition']);
  expect(
    [open, repository, { ...live, tags: ['public-repository'] }, live].map(
      (record) => worstIfPublic(found(record)).worst?.is,
    ),
  ).toEqual(['critical', undefined, 'critical', undefined]);
});

test('one place among several is enough to make it worse', () => {
  const group = sampleGroup([proved], { record: live });
  const two = { ...group, members: [...group.members, ...sampleGroup([proved]).members] };
  expect(weigh('high', judge(two, 'production').circumstances).severity).toBe('critical');
  const open = sampleGroup([proved], { record: { ...live, tags: ['public-repository'] } });
  const all = sightings({ ...two, members: [...two.members, ...open.members] }, ['definition']);
  expect(worstIfPublic(all).worst?.is).toBe('critical');
});

test('nothing that is known or not known around it moves the worst', () => {
  const group = sampleGroup([{ ...bare, confidence: 'medium' }]);
  const worst = { is: 'critical', because: 'the repository is public' } as const;
  const ctx = { now: exampleNow, environmentOf: () => 'unknown' as const };
  const verdict = exposure(group, sightings(group, ['definition']), ctx, { where: 'kept in a file', worst });
  expect(verdict).toMatchObject({ severity: worst });
  expect('circumstances' in verdict).toBe(false);
});

test('it is withdrawn only when everybody who issued it says so, and has expired from its last moment on', () => {
  const off = aCredential({ status: 'inactive' });
  const both = { ...sampleGroup([proved]), issued: [off, aCredential()].map((record) => ({ ...issuer, record })) };
  expect(isWithdrawn(both, exampleNow)).toBe(false);
  expect(isWithdrawn({ ...both, issued: [{ ...issuer, record: off }] }, exampleNow)).toBe(true);
  expect(
    isWithdrawn({ ...both, issued: [{ ...issuer, record: aCredential({ status: 'revoked' }) }] }, exampleNow),
  ).toBe(true);
  expect(isWithdrawn(sampleGroup([proved]), exampleNow)).toBe(false);
  expect(severity(proved, { record: live, issued: off }, 'production')).toBe('low');
  // https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4: not accepted on or after that time.
  expect(severity({ ...proved, expiresAt: exampleNow }, { record: live }, 'production')).toBe('info');
  expect(severity({ ...proved, expiresAt: exampleNow + 1 }, { record: live }, 'production')).toBe('critical');
  expect(severity({ ...proved, expiresAt: 'never' }, { record: live }, 'production')).toBe('critical');
});

test('the match that says most speaks for it: first how sure it is, then what proves it, then whose it is', () => {
  const spoken = (...matches: readonly Match[]): string[] =>
    [matches, matches.toReversed()].map((all) => judge(sampleGroup(all)).title ?? '');
  const both = (title: string): string[] => Array.from({ length: 2 }, () => `${title}, written into a workflow`);
  expect(spoken({ ...bare, title: 'Sure' }, { ...sampleMatch(), confidence: 'medium' })).toEqual(both('Sure'));
  expect(spoken({ ...proved, title: 'Proved' }, named)).toEqual(both('Proved'));
  expect(spoken({ ...named, title: 'Named' }, bare)).toEqual(both('Named'));
  expect(spoken({ ...bare, title: 'Z', detector: 'z' }, { ...bare, title: 'A', detector: 'a' })).toEqual(both('A'));
});

test('it is told what proves it, who lists it, when it ends and who committed it', () => {
  const attributions = [aPart('edited-by', 'eve@acme.example'), aPart('created-by', 'ada@acme.example')];
  const past = sampleMatch({ place: 'history', proof: 'structure', expiresAt: exampleNow + DAY });
  const told = (...matches: readonly Match[]) =>
    evidenceIn(sampleGroup(matches, { record: { ...live, attributions }, issued: aCredential() }), [
      'definition',
      'history',
    ]);
  expect(told(past)).toEqual([
    'secret: Example provider key ex…yz',
    'proved by: its structure',
    'listed by its platform as: Billing key: active',
    'expires: 2026-06-02',
    'in the history of a file: Send invoices by ada@acme.example',
  ]);
  expect(told(sampleMatch())[1]).toBe('proved by: its own checksum');
  expect(told(named)).toEqual([
    'secret: Example provider key ex…yz',
    'listed by its platform as: Billing key: active',
    'in the definition: workflow Send invoices',
  ]);
});

test('where it stood before is told with where it stands, and alone where it stands nowhere else', () => {
  const group = sampleGroup([sampleMatch({ place: 'history' }), sampleMatch()]);
  const [now, before] = ['in the definition: workflow Send invoices', 'in the history of a file: Send invoices'];
  expect(evidenceIn(group, ['definition']).slice(2)).toEqual([now, before]);
  expect(evidenceIn(group, ['history']).slice(2)).toEqual([before]);
  expect(evidenceIn(group, ['definition', 'history']).slice(2)).toHaveLength(2);
});
