import { describe, expect, test } from 'vitest';
import { all, only, parseExample } from '../../../test/helpers/read-formats.ts';
import type { Document } from '../../sdk/index.ts';
import { exampleDocument } from '../document.ts';
import { powerAutomatePackage } from './package.ts';
import { powerAutomateSolution } from './solution.ts';

describe('a package', () => {
  const parsed = parseExample(powerAutomatePackage);
  const flow = only(parsed, 'workflow');
  const sharepoint = 'power-automate/Acme (default)/shared_sharepointonline/shared-sharepointonl-0001';
  const outlook = 'power-automate/Acme (default)/shared_office365/shared-office365-0002';

  test('gives the flow with its maker, environment and connections', () => {
    expect(flow).toMatchObject({
      id: 'onboarding.zip!/Microsoft.Flow/flows/5b1f0000-0000-4000-8000-000000000010/definition.json#5b1f0000-0000-4000-8000-000000000010',
      name: 'Onboard new starters',
      platform: 'power-automate',
      format: 'power-automate-package',
      state: 'unknown',
      updatedAt: Date.parse('2026-03-02T09:00:00Z'),
      links: [
        { rel: 'contained-in', kind: 'container', id: 'power-automate/-/environment/Acme (default)' },
        { rel: 'uses', kind: 'connection', id: sharepoint },
        { rel: 'uses', kind: 'connection', id: outlook },
      ],
      attributions: [
        { rel: 'created-by', who: { id: '6f0c6b7e-0000-4000-8000-00000000a11c' }, basis: 'creator-field' },
        { rel: 'created-by', who: { name: 'Ada Maker' }, basis: 'creator-field' },
      ],
    });
    expect(only(parsed, 'container')).toMatchObject({ type: 'environment', name: 'Acme (default)' });
    expect(parsed.problems).toEqual([]);
  });

  test('gives the graph with nested actions, and with what follows them', () => {
    const steps = flow.graph.steps.map(({ id, connector, operation, role }) => [id, connector, operation, role]);
    expect(steps).toEqual([
      ['manual', 'Request', undefined, 'source'],
      ['Get_starters', 'shared_sharepointonline', 'GetItems', 'source'],
      ['Any_starters', 'If', undefined, 'transform'],
      ['Tell_the_badge_office', 'Http', 'POST', 'both'],
      ['Stop', 'Terminate', undefined, 'transform'],
      ['Mail_the_team', 'shared_office365', 'SendEmailV2', 'sink'],
    ]);
    expect(flow.graph.edges.map(({ from, to }) => `${from} > ${to}`).toSorted()).toEqual([
      'Any_starters > Mail_the_team',
      'Any_starters > Stop',
      'Any_starters > Tell_the_badge_office',
      'Get_starters > Any_starters',
      'Stop > Mail_the_team',
      'Tell_the_badge_office > Mail_the_team',
      'manual > Get_starters',
    ]);
    expect(flow.graph.triggers).toEqual([{ step: 'manual', kind: 'webhook', authentication: 'none' }]);
    const step = (id: string) => flow.graph.steps.find((one) => one.id === id);
    expect(step('Get_starters')?.connection).toBe(sharepoint);
    expect(step('Tell_the_badge_office')).toMatchObject({
      label: 'Tell the badge office',
      destinations: ['badges.partner.example'],
      pointer: '/properties/definition/actions/Any_starters/actions/Tell_the_badge_office',
    });
    expect(step('Mail_the_team')?.destinations).toEqual(['acme.example', 'partner.example']);
  });

  test('defines its connections: whose account, and whose rights', () => {
    expect(all(parsed, 'connection')).toMatchObject([
      {
        id: sharepoint,
        name: 'ada.maker@acme.example',
        subject: 'person',
        account: { email: 'ada.maker@acme.example' },
      },
      { id: outlook, name: 'People mailbox', subject: 'caller', tags: ['tier:standard'] },
    ]);
    expect(parsed.items.filter(({ record }) => record.kind === 'connection').map((one) => one.reference)).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('gives an endpoint for the trigger and one for each host called', () => {
    expect(all(parsed, 'endpoint')).toMatchObject([
      { direction: 'inbound', type: 'webhook', authentication: 'none', gaps: { host: 'not-seen' } },
      { direction: 'outbound', host: 'badges.partner.example', scheme: 'https', authentication: 'header' },
    ]);
  });

  test('hands over every member to be scanned once', () => {
    const paths = parsed.items.flatMap((item) => (item.contents ?? []).map((content) => content.path));
    const members = exampleDocument(powerAutomatePackage.example).members ?? new Map<string, Document>();
    expect(new Set(paths)).toEqual(new Set([...members.values()].map((member) => member.path)));
    expect(paths).toHaveLength(members.size);
  });

  test('says which flow could not be read, and still hands it over with the readable ones', () => {
    const example = exampleDocument(powerAutomatePackage.example);
    const path = 'Microsoft.Flow/flows/broken/definition.json';
    const broken: Document = { path: `${example.path}!/${path}`, text: '{"properties":', syntax: 'text' };
    const members = new Map([...(example.members ?? []), [path, broken]]);
    const { items, problems } = powerAutomatePackage.parse({ ...example, members });
    expect(problems).toMatchObject([{ detail: expect.stringContaining('flows/broken/definition.json') as string }]);
    expect(items.flatMap((item) => item.contents ?? []).map((content) => content.path)).toContain(broken.path);
  });
});

describe('a solution', () => {
  const parsed = parseExample(powerAutomateSolution);

  test('gives its flows, their state, and the release that they belong to', () => {
    const [solution] = all(parsed, 'container');
    expect(solution).toMatchObject({
      id: 'people-tools.zip',
      name: 'PeopleTools',
      type: 'project',
      policies: { managed: true, version: '1.4.0.2' },
    });
    expect(only(parsed, 'workflow')).toMatchObject({
      id: 'people-tools.zip!/Workflows/HideFolder-0A1B.json#0a1b0000-0000-4000-8000-000000000001',
      name: 'Hide a folder',
      state: 'active',
      managed: true,
      versions: [{ id: '1.4.0.2' }],
      links: [{ rel: 'contained-in', kind: 'container', id: 'people-tools.zip' }, { rel: 'uses' }],
      attributions: [{ rel: 'owned-by', who: { email: 'makers@acme.example' }, basis: 'container-owner' }],
      graph: { triggers: [{ step: 'manual', kind: 'manual', authentication: 'session' }] },
    });
  });

  test('defines the connection references that its flows use', () => {
    expect(only(parsed, 'connection')).toMatchObject({
      id: 'power-automate/-/shared_sharepointonline/acme_sharepoint_1a2b3',
      name: 'People site',
      subject: 'caller',
    });
  });

  test('hands over environment variables by name, and every member as it is', () => {
    const contents = parsed.items.flatMap((item) => item.contents ?? []);
    expect(contents.map((content) => content.tree)).toContainEqual({ acme_Site: 'people' });
    const members = exampleDocument(powerAutomateSolution.example).members ?? new Map<string, Document>();
    expect(new Set(contents.map((content) => content.path))).toEqual(
      new Set([...members.values()].map((member) => member.path)),
    );
  });

  test('says which flow is listed and could not be read', () => {
    const example = exampleDocument(powerAutomateSolution.example);
    const members = new Map([...(example.members ?? [])].filter(([path]) => !path.startsWith('Workflows/')));
    expect(powerAutomateSolution.parse({ ...example, members }).problems).toMatchObject([
      { detail: expect.stringContaining('workflows/hidefolder-0a1b.json') as string },
    ]);
  });

  test('does not expand entities', () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>';
    const text = `${bomb}<ImportExportXml><SolutionManifest><UniqueName>&b;</UniqueName></SolutionManifest></ImportExportXml>`;
    const member: Document = { path: 's.zip!/solution.xml', text, syntax: 'xml' };
    const document: Document = {
      path: 's.zip',
      text: '',
      syntax: 'text',
      members: new Map([['solution.xml', member]]),
    };
    expect(only(powerAutomateSolution.parse(document), 'container').name).toBe('&b;');
  });
});
