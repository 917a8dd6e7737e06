import { describe, expect, test } from 'vitest';
import { readLive } from '../../test/helpers/live.ts';
import type { VendorAnswer } from '../../test/helpers/vendor.ts';
import { vendor } from '../../test/vendors/slack.ts';
import { slack } from './index.ts';

const ports = { limits: () => [{ requests: 10_000, per: 1_000 }] };
const { records, requests } = await readLive(slack, vendor(), { ports });
const named = (name: string, from = records) => [...from.values()].find((record) => record.name === name);
const refused = (error: string, more: Record<string, unknown> = {}): VendorAnswer => ({
  json: { ok: false, error, ...more },
});

describe('workflows', () => {
  test('are read whether published or not, with who put them live and who may run them', () => {
    expect(named('Welcome')).toMatchObject({
      state: 'active',
      sharedWith: { reach: 'everyone' },
      graph: { triggers: [{ kind: 'webhook', authentication: 'none' }], edges: [{ from: '0', to: '1' }] },
    });
    const roles = named('Welcome')?.attributions?.map(({ rel, who }) => [rel, who.id]);
    expect(roles).toEqual([
      ['owned-by', 'W0ADA'],
      ['owned-by', 'W0BO'],
      ['edited-by', 'W0CY'],
      ['published-by', 'W0CY'],
      ['created-by', 'W0BO'],
    ]);
    expect(named('Welcome')?.matches).toHaveLength(1);
    expect(named('Kudos')).toMatchObject({
      graph: {
        triggers: [
          { kind: 'manual', authentication: 'session' },
          { kind: 'schedule', authentication: 'unknown' },
        ],
      },
    });
    expect(named('Wf04')).toMatchObject({ state: 'inactive', sharedWith: { reach: 'some' } });
    expect(named('Wf04')).not.toHaveProperty('sharedWith.count');
    expect(named('Nobody’s')).toMatchObject({ sharedWith: { reach: 'some', count: 2 } });
    expect(named('A draft')).toMatchObject({ state: 'draft', gaps: { graph: 'not-supported' } });
  });

  test('lean on the apps whose functions they call, and last ran when Slack remembers', async () => {
    expect(named('Welcome')).toMatchObject({
      lastRunAt: Date.UTC(2026, 4, 30, 9),
      graph: { steps: [{ connector: 'Fn0102' }, { connector: 'A0CI', label: 'Send a request' }] },
    });
    expect(named('Welcome')?.links).toContainEqual({ rel: 'uses', kind: 'identity', id: 'app/A0CI' });
    expect(named('Nobody’s')).toMatchObject({ gaps: { lastRunAt: 'not-seen' } });
    const asked = (all: typeof requests) => all.filter(({ path }) => path.endsWith('activities.list'));
    // Of drafts nobody asks.
    expect(asked(requests)).toHaveLength(3);
    const silent = await readLive(slack, vendor(), { ports, settings: { lastRuns: false } });
    expect(asked(silent.requests)).toEqual([]);
    const shut = await readLive(slack, vendor(), {
      ports,
      tamper: (request, answer) =>
        request.path.endsWith('activities.list')
          ? refused('missing_scope', { needed: 'admin.app_activities:read' })
          : answer,
    });
    expect(asked(shut.requests)).toHaveLength(1);
    expect(shut.coverage.find(({ stream }) => stream === 'workflows')).toMatchObject({ outcome: 'partial' });
  });

  test('of which Slack tells something odd have a gap, and the others are read', async () => {
    const odd = await readLive(slack, vendor(), {
      ports,
      tamper: (request, answer) => {
        if (request.path.endsWith('activities.list') && request.body.includes('Wf01'))
          return { json: { ok: true, activities: [{ component_id: 'Wf99', created: 1 }] } };
        if (!request.path.endsWith('permissions.lookup')) return answer;
        const { permissions } = answer.json as { permissions: Record<string, unknown> };
        return { json: { ok: true, permissions: { ...permissions, ...('Wf01' in permissions && { Wf01: 'odd' }) } } };
      },
    });
    expect(odd.coverage.find(({ stream }) => stream === 'workflows')).toMatchObject({
      outcome: 'partial',
      quarantined: 2,
    });
    const of = (name: string) => [...odd.records.values()].find((each) => each.name === name);
    expect(of('Welcome')).toMatchObject({ gaps: { lastRunAt: 'not-seen', sharedWith: 'not-seen' } });
    expect(of('Nobody’s')).toBeDefined();
  });

  test('without collaborators have nobody', () => {
    expect(named('Nobody’s')?.tags).toContain('no-collaborators');
    expect(named('Nobody’s')?.attributions?.some(({ rel }) => rel === 'owned-by')).toBe(false);
    expect(records.get('workflow/workflow/Wf04')?.tags).not.toContain('no-collaborators');
  });
});
