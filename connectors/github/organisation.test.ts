import { expect, test } from 'vitest';
import { read } from '../../test/helpers/github.ts';

test('the organisation says what its workflows may do, may use, and are called by in clouds', async () => {
  const { records, outcome } = await read(['organisation']);
  const organisation = [...records.values()].find((record) => record.kind === 'container');
  expect(organisation?.policies).toMatchObject({
    'workflow-token': 'write',
    'workflows-may-approve': true,
    'actions-enabled-for': 'all',
    'actions-allowed': 'all',
    'actions-pinned-by-digest': false,
    'oidc-subject': 'repo, context',
    'oidc-subject-immutable': false,
  });
  expect(organisation?.gaps?.policies).toBeUndefined();
  expect(outcome('organisation')).toMatchObject({ outcome: 'complete' });
});

test.each([
  ['all of it', /\/actions\/permissions|\/oidc\//],
  ['one part', /\/oidc\//],
])('where %s is kept from us, that is one blind spot and a gap, and the rest stays', async (_what, path) => {
  const { records, outcome } = await read(
    ['organisation'],
    {},
    {
      tamper: ({ path: asked }, usual) =>
        path.test(asked) ? { status: 403, json: { message: 'Must have admin rights' } } : usual,
    },
  );
  const organisation = [...records.values()].find((record) => record.kind === 'container');
  expect(organisation).toMatchObject({ gaps: { policies: 'denied' }, policies: { 'two-factor-required': true } });
  expect(outcome('organisation')).toMatchObject({ outcome: 'partial', detail: '1 thing could not be read' });
});

test('an organisation that never worded the subject of its tokens is read all the same', async () => {
  const { records, outcome } = await read(
    ['organisation'],
    {},
    {
      tamper: ({ path }, usual) =>
        path.includes('/oidc/')
          ? { status: 200, json: { use_default: true, include_claim_keys: null } }
          : path.endsWith('/actions/permissions')
            ? { status: 200, json: { enabled_repositories: 'none', allowed_actions: null } }
            : usual,
    },
  );
  const organisation = [...records.values()].find((record) => record.kind === 'container');
  expect(organisation?.policies).toMatchObject({ 'workflow-token': 'write', 'actions-enabled-for': 'none' });
  expect(organisation?.policies).not.toHaveProperty('oidc-subject');
  expect(outcome('organisation')).toMatchObject({ outcome: 'complete' });
});
