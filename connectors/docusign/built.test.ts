import { beforeAll, describe, expect, test } from 'vitest';
import { noHttp, SourceError, type Http } from '../../src/sdk/index.ts';
import { streamContext } from '../../src/sdk/testing.ts';
import { readLive, type LiveRead } from '../../test/helpers/live.ts';
import { secrets, vendor } from '../../test/vendors/docusign.ts';
import { forms } from '../../test/vendors/docusign/flows.ts';
import { unread } from '../../test/vendors/docusign/hooks.ts';
import { accountId, dana, integrationKey, leaver, olga, otherKey, robot } from '../../test/vendors/docusign/people.ts';
import type { Config } from './config.ts';
import { docusign } from './index.ts';
import { webForms } from './web-forms.ts';
import { workflows } from './workflows.ts';

let read: LiveRead;
const record = (key: string): unknown => read.records.get(key);
beforeAll(async () => {
  read = await readLive(docusign, vendor());
});

/** Reads one of the made-up forms with something else said of it. */
async function formWith(said: object, told: object = {}) {
  const [form] = forms;
  const { formMetadata, ...rest } = form ?? {};
  const body = { items: [{ ...rest, ...said, formMetadata: { ...formMetadata, ...told } }], totalSetSize: 1 };
  const read: Http['read'] = async ({ answer }) => ({
    body: answer.parse(body) as never,
    status: 200,
    headers: new Headers(),
  });
  const ctx = streamContext({ accountId, userId: olga, pageSize: 2 } as Config, { http: { ...noHttp, read } });
  const pages = await Array.fromAsync(webForms.pages(ctx));
  return pages.flatMap(({ items }) => items.map(({ record }) => record));
}

test.each([
  ['was archived', {}, { archivedDateTime: '2026-05-01T08:00:00Z' }, 'archived'],
  ['was published again since', {}, { archivedDateTime: '2026-04-01T08:00:00Z' }, 'active'],
  [
    'was opened again since',
    {},
    { archivedDateTime: '2026-05-01T08:00:00Z', lastEnabledDateTime: '2026-05-02T08:00:00Z' },
    'active',
  ],
  ['is published, and nobody says whether it is open', { isEnabled: null }, {}, 'unknown'],
  ['is open, and nobody says whether it is published', { isPublished: null }, {}, 'unknown'],
  ['nobody says anything of', { isPublished: null, isEnabled: null, formProperties: null }, {}, 'unknown'],
])('the state of a form that %s', async (_, said, told, state) => {
  const [flow, door] = await formWith(said, told);
  expect(flow).toMatchObject({ state });
  expect(door).toMatchObject({ state, authentication: 'formProperties' in said ? 'unknown' : 'none' });
});

describe('what was built', () => {
  test('maker, publisher and sender of a form are three', () => {
    const [own, reviewed, draft] = forms.map(({ id }) => record(`workflow/web-form/${id}`));
    const parts = (editor: string, publisher: string) => [
      expect.objectContaining({ rel: 'owned-by', who: expect.objectContaining({ id: dana }) as unknown }) as unknown,
      expect.objectContaining({ rel: 'edited-by', who: expect.objectContaining({ id: editor }) as unknown }) as unknown,
      expect.objectContaining({
        rel: 'published-by',
        who: expect.objectContaining({ id: publisher }) as unknown,
      }) as unknown,
    ];
    expect(own).toMatchObject({ state: 'active', sender: { id: dana }, attributions: parts(dana, dana) });
    expect(reviewed).toMatchObject({ state: 'inactive', sender: { id: robot }, attributions: parts(dana, olga) });
    expect(draft).toMatchObject({ state: 'draft' });
    expect(record(`endpoint/web-form/${forms[0]?.id}`)).toMatchObject({ authentication: 'none' });
    expect(record(`endpoint/web-form/${forms[1]?.id}`)).toMatchObject({ authentication: 'query' });
  });

  test('a template says with whom it is shared, as far as that is known', () => {
    const template = (n: number) => record(`workflow/template/te000000-0000-4000-8000-00000000000${n}`);
    const shared = (kind: string, id: string): unknown => ({ rel: 'shared-with', kind, id });
    expect(template(0)).toMatchObject({
      sharedWith: { reach: 'some', count: 5 },
      links: expect.arrayContaining([
        shared('person', olga),
        shared('person', robot),
        shared('container', 'group/12'),
      ]) as unknown,
    });
    expect(JSON.stringify(template(0))).not.toContain(leaver);
    expect(template(1)).toMatchObject({ sharedWith: { reach: 'private' }, links: [{}] });
    expect((template(2) as { sharedWith: unknown }).sharedWith).toEqual({ reach: 'everyone' });
    expect(template(4)).toMatchObject({ sharedWith: { reach: 'some', count: 1 } });
  });

  test('a workflow was last run when its newest run began; nobody knows where none is listed or asked for', () => {
    const flow = (n: number) => record(`workflow/workflow/70000000-0000-4000-8000-00000000000${n}`);
    expect(flow(0)).toMatchObject({ lastRunAt: Date.UTC(2026, 4, 3, 8) });
    expect(flow(1)).toMatchObject({ state: 'inactive', gaps: { lastRunAt: 'not-seen' } });
    const asked = read.requests.filter(({ path }) => path.endsWith('/instances'));
    expect(asked).toHaveLength(1);
  });

  test('an archived workflow has no trigger, which hides nothing', () => {
    expect(record('workflow/workflow/70000000-0000-4000-8000-000000000002')).toMatchObject({ state: 'archived' });
    expect(read.coverage.find(({ stream }) => stream === 'workflows')).toMatchObject({ outcome: 'complete' });
  });

  test('a PowerForm says whether it runs out', () => {
    const id = (n: number): string => `endpoint/powerform/bf000000-0000-4000-8000-00000000000${n}`;
    expect(record(id(0))).toMatchObject({ authentication: 'none', usesLeft: 'unlimited', state: 'active' });
    expect(record(id(1))).toMatchObject({ authentication: 'unknown', usesLeft: 12, gaps: { lastUsedAt: 'not-seen' } });
    expect(record(id(2))).toMatchObject({ state: 'inactive' });
    expect(record(id(3))).toMatchObject({ lastUsedAt: 'never' });
  });

  test('texts of templates and defaults of workflows are searched; nothing that comes unasked is kept', () => {
    expect(record('workflow/template/te000000-0000-4000-8000-000000000000')).toMatchObject({ matches: [{}] });
    expect(record('workflow/workflow/70000000-0000-4000-8000-000000000000')).toMatchObject({ matches: [{}] });
    const kept = JSON.stringify([...read.records.values()]);
    for (const secret of [...secrets, unread]) expect(kept).not.toContain(secret);
  });

  test('a key is seen by its use, in whose name and until when', () => {
    expect(record(`identity/integration-key/${integrationKey}`)).toMatchObject({
      lastUsedAt: Date.UTC(2026, 4, 24, 8),
      knownAs: [`docusign-key:${integrationKey}`],
    });
    expect(record(`credential/integration-key/${integrationKey}/${leaver}`)).toMatchObject({
      type: 'oauth-grant',
      name: expect.stringMatching(/ in the name of Lee /) as unknown,
      lastUsedAt: Date.UTC(2026, 4, 22, 8),
      attributions: [{ rel: 'owned-by', who: { id: leaver } }],
    });
    expect([...read.records.keys()].filter((key) => key.startsWith('identity/integration-key/'))).toHaveLength(2);
    // Seen again later, but in another account.
    expect(record(`identity/integration-key/${otherKey}`)).toMatchObject({ lastUsedAt: Date.UTC(2026, 4, 21, 8) });
  });
});

test('a run that does not have the expected form is one blind spot, and the others say when the last one was', async () => {
  const blind: unknown[] = [];
  const bodies: readonly [RegExp, unknown][] = [
    [/instances$/, { data: [{ started_at: '2026-05-03T08:00:00Z' }, { started_at: { at: 'noon' } }] }],
    [/workflows$/, { data: [{ id: 'w', name: 'Offers', status: 'active' }] }],
    [/./, {}],
  ];
  const ctx = streamContext({ accountId } as Config, {
    http: {
      ...noHttp,
      read: async ({ route, answer }) => {
        const body = bodies.find(([path]) => path.test(route))?.[1];
        return { body: answer.parse(body) as never, status: 200, headers: new Headers() };
      },
    },
    blind: (subject, reason) => blind.push([subject, reason]),
  });
  const pages = await Array.fromAsync(workflows.pages(ctx));
  expect(pages.flatMap(({ items }) => items)).toMatchObject([{ record: { lastRunAt: Date.UTC(2026, 4, 3, 8) } }]);
  expect(blind).toEqual([['element 2 of the runs of Offers', 'schema']]);
});

test('a list of runs that is too long to read is a blind spot, and the workflow is on the roll all the same', async () => {
  const blind: unknown[] = [];
  const body = { data: [{ id: 'w', name: 'Offers', status: 'active' }] };
  const ctx = streamContext({ accountId } as Config, {
    http: {
      ...noHttp,
      read: async ({ route }) => {
        if (route.endsWith('/instances')) throw new SourceError('unreadable', 'more than 32 MiB');
        return { body: (route.endsWith('/workflows') ? body : {}) as never, status: 200, headers: new Headers() };
      },
    },
    blind: (subject, reason) => blind.push([subject, reason]),
  });
  const pages = await Array.fromAsync(workflows.pages(ctx));
  expect(pages.flatMap(({ items }) => items)).toMatchObject([{ record: { gaps: { lastRunAt: 'not-seen' } } }]);
  expect(blind).toEqual([['runs of Offers', 'too-large']]);
});
