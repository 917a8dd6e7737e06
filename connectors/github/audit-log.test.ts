import { describe, expect, test } from 'vitest';
import { only, read } from '../../test/helpers/github.ts';
import type { LiveOptions } from '../../test/helpers/live.ts';

describe('what the audit log adds', () => {
  const streams = ['repositories', 'environments', 'tokens', 'installations'];
  const ofActions = ['organisation-actions-secrets', 'actions-secrets', 'environment-secrets'];
  const ofOthers = ['organisation-dependabot-secrets', 'codespaces-secrets', 'agents-secrets'];
  const reading = read([...streams, ...ofActions, ...ofOthers]);
  const of = async (key: string) => (await reading).records.get(key);

  test('when tokens and Apps were seen at work', async () => {
    const lastUse = async (key: string) => {
      const record = await of(key);
      return record !== undefined && 'lastUsedAt' in record ? record.lastUsedAt : undefined;
    };
    // GitHub's own word is later, earlier, and of a token with the number of another kind.
    expect(await lastUse('credential/personal-access-token/9001')).toBe(Date.UTC(2026, 4, 20, 9));
    expect(await lastUse('credential/personal-access-token/9002')).toBe(Date.UTC(2026, 4, 25, 9));
    expect(await lastUse('credential/personal-access-token/9003')).toBe('never');
    expect(await lastUse('identity/installation/502')).toBe(Date.UTC(2026, 4, 28, 9));
    // API insights know of reading, too.
    expect(await lastUse('identity/installation/501')).toBe(Date.parse('2026-05-21T09:00:00Z'));
    // The log keeps changes alone: that an App is not in it says nothing.
    expect(await of('identity/installation/503')).toMatchObject({ gaps: { lastUsedAt: 'not-seen' } });
  });

  const handsOn = async (key: string) =>
    (await of(`credential/${key}`))?.attributions?.map(({ rel, who, basis }) => [rel, who.login, basis]);

  test('who made a secret of Actions, and who changed it last', async () => {
    const hands = (key: string) => handsOn(`actions-secret/${key}`);
    expect(await hands('organisation/ORG_ALL')).toEqual([
      ['created-by', 'ann', 'audit-log'],
      ['edited-by', 'ben', 'audit-log'],
    ]);
    expect(await hands('organisation/ORG_SOME')).toEqual([]);
    expect(await hands('repository/101/NPM_TOKEN')).toEqual([['created-by', 'dan', 'audit-log']]);
    expect(await hands('repository/101/environment/production/AWS_KEY')).toEqual([['edited-by', 'cleo', 'audit-log']]);
    expect(await hands('repository/101/AWS_KEY')).toEqual([]);
  });

  test('who made a secret of Dependabot, Codespaces or an agent: the one whose times are those of the secret', async () => {
    expect(await handsOn('dependabot-secret/organisation/BOT_ALL')).toEqual([['created-by', 'cleo', 'audit-log']]);
    expect(await handsOn('agents-secret/repository/101/AGENT_KEY')).toEqual([
      ['created-by', 'eve', 'audit-log'],
      ['edited-by', 'ann', 'audit-log'],
    ]);
    expect(await handsOn('codespaces-secret/repository/101/DEV_DB')).toEqual([]);
  });

  test('without the audit log in the configuration nobody asks for it, and what it adds is not supported', async () => {
    const streams = ['tokens', 'installations', 'organisation-webhooks', 'organisation-actions-secrets'];
    const { requests, records, coverage } = await read(
      streams,
      {},
      { settings: { auditLog: false, apiInsights: false } },
    );
    expect(requests.filter(({ path }) => /audit-log$|subject-stats$/.test(path))).toEqual([]);
    expect(records.get('credential/personal-access-token/9002')).toMatchObject({ lastUsedAt: 'never' });
    expect(records.get('identity/installation/502')).toMatchObject({ gaps: { lastUsedAt: 'not-supported' } });
    expect(coverage.filter(({ outcome, reason }) => outcome !== 'complete' && reason !== 'not-supported')).toEqual([]);
  });

  test('a plan without the audit log costs one question for all Apps, and is told', async () => {
    const tamper = only(/audit-log$/, { status: 404, json: {} });
    const { outcome, requests } = await read(['installations'], {}, { tamper });
    expect(outcome('installations')).toMatchObject({ outcome: 'partial', quarantined: 1 });
    expect(requests.filter(({ path }) => path.endsWith('/audit-log'))).toHaveLength(1);
  });

  test('a busy audit log is read so far and no further', async () => {
    const event = { action: 'repo.create', actor: 'dan', actor_id: 4, created_at: Date.UTC(2026, 4, 10) };
    const tamper: NonNullable<LiveOptions['tamper']> = ({ path, query, headers }, usual) => {
      if (!path.endsWith('/audit-log')) return usual;
      const at = Number(query.get('after') ?? 0) + 1;
      const link = `<http://${headers.get('host')}${path}?after=${at}&order=desc>; rel="next"`;
      return { json: [{ ...event, created_at: event.created_at - at }], headers: { link } };
    };
    const { outcome, requests, records } = await read(
      ['tokens', 'installations'],
      {},
      { tamper, settings: { apiInsights: false } },
    );
    expect(outcome('tokens')).toMatchObject({ outcome: 'complete' });
    expect(requests.filter(({ path }) => path.endsWith('/audit-log'))).toHaveLength(50 + 3);
    // A log that does not filter by actor says nothing about an App.
    expect(records.get('identity/installation/502')).toMatchObject({ gaps: { lastUsedAt: 'not-seen' } });
  });
});
