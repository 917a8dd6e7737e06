import { beforeAll, describe, expect, test } from 'vitest';
import { readLive, type LiveRead } from '../../test/helpers/live.ts';
import { vendor } from '../../test/vendors/slack.ts';
import { slack } from './index.ts';

const ports = { limits: () => [{ requests: 10_000, per: 1_000 }] };

describe('what a record says', () => {
  let records: LiveRead['records'];
  const of = (key: string) => records.get(key);
  beforeAll(async () => {
    ({ records } = await readLive(slack, vendor(), { ports }));
  });

  test('an app: the organisation’s own or somebody else’s, where Slack tells', () => {
    const own = of('identity/app/A0CI');
    expect(own).toMatchObject({ thirdParty: false, status: 'active', gaps: { attributions: 'not-seen' } });
    expect(own).not.toHaveProperty('publisher');
    // An app without a name goes by its id.
    expect(of('identity/app/A0ODD')).toMatchObject({
      name: 'A0ODD',
      thirdParty: true,
      publisher: { verified: false },
      gaps: { createdAt: 'not-supported', scopes: 'not-seen' },
    });
    const onNoList = of('identity/app/A0POST');
    expect(onNoList).toMatchObject({ gaps: { publisher: 'not-seen', thirdParty: 'not-seen' } });
    for (const field of ['thirdParty', 'publisher', 'approvedScopes']) expect(onNoList).not.toHaveProperty(field);
    for (const field of ['publisher', 'thirdParty', 'createdAt', 'attributions', 'scopes', 'approvedScopes'])
      expect(of('identity/app/A0CRM')?.gaps ?? {}).not.toHaveProperty(field);
    // To restrict is not to approve.
    expect(of('identity/app/A0R4')).not.toHaveProperty('approvedScopes');
  });

  test('a grant: who brought the app, unless that was before the log begins', () => {
    const untold = of('credential/grant/T0ACME002/A0CI');
    expect(untold).toMatchObject({ status: 'active', gaps: { createdAt: 'not-seen', attributions: 'not-seen' } });
    expect(untold).not.toHaveProperty('createdAt');
    for (const field of ['createdAt', 'attributions', 'scopes'])
      expect(of('credential/grant/T0ACME001/A0CRM')?.gaps ?? {}).not.toHaveProperty(field);
  });

  test('a bot: there or not, of Workflow Builder or of an app', () => {
    const crm = of('identity/bot/T0ACME001/U0CRM');
    expect(crm).toMatchObject({
      status: 'active',
      links: [{ id: 'team/T0ACME001' }, { rel: 'uses', id: 'app/A0CRM' }],
    });
    expect(crm).not.toHaveProperty('tags');
    expect(of('identity/bot/T0ACME001/U0FLOW')).toMatchObject({ tags: ['workflow-bot'] });
    expect(of('identity/bot/T0ACME002/U0CI')?.links).toHaveLength(1);
  });

  test('a person: by what there is of a name, in which workspaces, and last here when', () => {
    expect(of('person/W0ADA')).toMatchObject({
      name: 'Ada Example',
      admin: true,
      lastUsedAt: Date.UTC(2026, 4, 20, 9),
      links: [{ rel: 'contained-in', kind: 'container', id: 'team/T0ACME001' }],
    });
    expect(of('person/W0ADA')?.gaps ?? {}).not.toHaveProperty('lastUsedAt');
    expect(of('person/W0DEE')).toMatchObject({ name: 'dee', admin: false, logins: ['dee'] });
    expect(of('person/W0DEE')).not.toHaveProperty('emails');
    expect(of('person/W0BO')).toMatchObject({ gaps: { lastUsedAt: 'not-supported' } });
  });

  test('a workflow: its live version, its last run and who may start it, or that this is not told', () => {
    expect(of('workflow/workflow/Wf01')).toMatchObject({ versions: [{ id: 'Wfv1', at: Date.UTC(2026, 3, 4, 9) }] });
    for (const field of ['lastRunAt', 'sharedWith', 'graph'])
      expect(of('workflow/workflow/Wf01')?.gaps ?? {}).not.toHaveProperty(field);
    expect(of('workflow/workflow/Wf02')).toMatchObject({
      state: 'active',
      tags: ['source:workflow_builder', 'no-collaborators'],
    });
    expect(of('workflow/workflow/Wf02')).not.toHaveProperty('versions');
    expect(of('workflow/workflow/Wf03')).toMatchObject({ sharedWith: { reach: 'private' } });
    expect(of('workflow/workflow/Wf05')).toMatchObject({ gaps: { sharedWith: 'not-seen' } });
    expect(of('workflow/workflow/Wf05')).not.toHaveProperty('sharedWith');
  });

  test('a workspace: whose it is, who finds it, and how people sign in there', async () => {
    expect(of('container/team/T0ACME001')).toMatchObject({
      name: 'Sales',
      policies: { discoverability: 'open', 'single-sign-on': true },
      attributions: [{ rel: 'owned-by', who: { id: 'W0ADA', email: 'ada@acme.example' } }],
      links: [{ rel: 'contained-in', kind: 'container', id: 'enterprise/E0ACME001' }],
    });
    expect(of('container/team/T0ACME002')).toMatchObject({ policies: { 'single-sign-on': false } });
    expect(of('container/enterprise/E0ACME001')).toMatchObject({ name: 'Acme', type: 'organisation' });
    const alone = await readLive(slack, vendor({ enterprise: false }), { ports });
    expect(alone.records.get('container/team/T0ACME001')?.links ?? []).toEqual([]);
  });
});
