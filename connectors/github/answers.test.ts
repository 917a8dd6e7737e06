import { expect, test } from 'vitest';
import { read } from '../../test/helpers/github.ts';
import type { LiveOptions } from '../../test/helpers/live.ts';

test('provisioned users are asked for in the type that SCIM has', async () => {
  const asked: (string | null)[] = [];
  const { outcome } = await read(
    ['provisioned-users'],
    {},
    {
      tamper: (request, usual) => {
        if (request.path.includes('/scim/')) asked.push(request.headers.get('accept'));
        return usual;
      },
    },
  );
  expect(outcome('provisioned-users')).toMatchObject({ outcome: 'complete' });
  expect(new Set(asked)).toEqual(new Set(['application/scim+json']));
});

test('a repository without an owner has no address: it is set aside, and the others are read', async () => {
  const tamper: LiveOptions['tamper'] = (request, usual) => {
    if (!request.path.endsWith('/repos') || !Array.isArray(usual?.json)) return usual;
    const [first, ...others] = usual.json as object[];
    return { ...usual, json: [{ ...first, owner: null }, ...others] };
  };
  const { outcome } = await read(['repositories'], {}, { tamper });
  expect(outcome('repositories')).toMatchObject({ outcome: 'partial', quarantined: 2, items: 1 });
});
