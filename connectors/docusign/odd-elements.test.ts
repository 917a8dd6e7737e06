import { expect, test } from 'vitest';
import { readLive, type LiveRead } from '../../test/helpers/live.ts';
import { vendor } from '../../test/vendors/docusign.ts';
import { sharedAccess } from '../../test/vendors/docusign/flows.ts';
import { failures } from '../../test/vendors/docusign/hooks.ts';
import { dana, leaver } from '../../test/vendors/docusign/people.ts';
import { docusign } from './index.ts';

/** Reads the account with other lists in the answers of one path. */
const readWith = (path: RegExp, otherwise: (json: Record<string, unknown>) => object): Promise<LiveRead> =>
  readLive(docusign, vendor(), {
    tamper: (request, usual) =>
      path.test(request.path)
        ? { ...usual, json: { ...(usual.json as object), ...otherwise(usual.json as Record<string, unknown>) } }
        : usual,
  });
const coverageOf = ({ coverage }: LiveRead, wanted: string) => coverage.find(({ stream }) => stream === wanted);

test('a failed delivery that cannot be understood is set aside: the others count, and nothing is said to work', async () => {
  const odd = [{ connectId: { id: '104' } }, null, 'failed'];
  const found = await readWith(/connect\/failures$/, () => ({ failures: [...odd, ...failures] }));
  expect(coverageOf(found, 'connect')).toMatchObject({ outcome: 'partial', quarantined: odd.length });
  expect(found.records.get('endpoint/connect/101')).toMatchObject({ delivery: 'failing' });
  expect(found.records.get('endpoint/connect/104')).toBeDefined();
  expect(found.records.get('endpoint/connect/104')).not.toHaveProperty('delivery');
});

test('a failed delivery is of its webhook, be that named by a text or a number, and one of none costs nothing', async () => {
  const found = await readWith(/connect\/failures$/, () => ({
    failures: [{ connectId: 104 }, { connectId: null }, {}],
  }));
  expect(coverageOf(found, 'connect')).toMatchObject({ outcome: 'complete' });
  expect(found.records.get('endpoint/connect/104')).toMatchObject({ delivery: 'failing' });
});

test('a shared template that cannot be understood is set aside: it stays on the roll, and the others say with whom', async () => {
  const shared = (n: number, { records }: LiveRead) => {
    const template = records.get(`workflow/template/te000000-0000-4000-8000-00000000000${n}`);
    return template?.kind === 'workflow' ? template.sharedWith : undefined;
  };
  const first = sharedAccess[0]?.templates?.[0]?.templateId;
  const found = await readWith(/shared_access$/, (page) => ({
    sharedAccess: (page['sharedAccess'] as typeof sharedAccess).map(({ templates, ...user }) =>
      templates === null
        ? 'nobody'
        : {
            ...user,
            templates: templates.flatMap((each): unknown[] =>
              each.templateId === first ? [7, { ...each, sharedUsers: 'everybody' }] : [each],
            ),
          },
    ),
  }));
  // A user, what is no template, and one that has lost its form.
  expect(coverageOf(found, 'templates')).toMatchObject({ outcome: 'partial', quarantined: 3 });
  expect(shared(0, found)).toEqual({ reach: 'some' });
  expect(shared(2, found)).toEqual({ reach: 'everyone' });
  expect(shared(4, found)).toEqual({ reach: 'some', count: 1 });
});

test('a webhook names its users in a list or in one line, and nobody by an empty text', async () => {
  const others = { userIds: `${leaver}, ${dana}`, groupIds: [''], allUsers: 'false', events: 'Completed,Declined' };
  const found = await readWith(/\/connect$/, ({ configurations }) => ({
    configurations: (configurations as { connectId: string }[]).map((each) =>
      each.connectId === '101' ? { ...each, ...others } : each,
    ),
  }));
  expect(coverageOf(found, 'connect')).toMatchObject({ outcome: 'complete' });
  const hook = found.records.get('endpoint/connect/101');
  const heard = hook?.links?.filter(({ rel }) => rel === 'uses').map(({ kind, id }) => `${kind}/${id}`);
  expect(heard).toEqual([`person/${leaver}`, `person/${dana}`]);
  expect(hook).toMatchObject({ reach: 'some' });
});

test('a webhook of everybody but the named is not one of the named alone', async () => {
  const found = await readWith(/\/connect$/, ({ configurations }) => ({
    configurations: (configurations as { connectId: string }[]).map((each) =>
      each.connectId === '103' ? { ...each, groupIds: [], allUsersExcept: 'true' } : each,
    ),
  }));
  const hook = found.records.get('endpoint/connect/103');
  expect(hook).toMatchObject({ reach: 'all' });
  expect(hook?.links?.map(({ kind }) => kind)).toEqual(['container']);
});
