import { describe, expect, test } from 'vitest';
import { readBuild } from '../../../test/helpers/builds.ts';
import { cloudLogin } from './cloud-login.ts';
import { secretNames, used } from './references.ts';

describe('references', () => {
  const commit = '0123456789abcdef0123456789abcdef01234567';
  test.each([
    ['actions/checkout@v5', 'actions/checkout', 'v5', false, 'built-in'],
    [`acme/deploy/sub@${commit}`, 'acme/deploy/sub', commit, true, 'community'],
    [`acme/deploy@${commit.slice(0, 7)}`, 'acme/deploy', commit.slice(0, 7), false, 'community'],
    ['./local', './local', undefined, true, 'local'],
    ['docker://ghcr.io:443/acme/tool:1', 'ghcr.io:443/acme/tool', '1', false, 'community'],
    [`docker://alpine@sha256:${'ab'.repeat(32)}`, 'alpine', `sha256:${'ab'.repeat(32)}`, true, 'community'],
  ])('%s', (uses, name, version, pinned, origin) => {
    expect(used(uses).component).toEqual({ name, ...(version !== undefined && { version }), pinned, origin });
  });

  test('names of secrets: only inside expressions, and not the automatic token', () => {
    const text = "${{ secrets.B_KEY }} ${{ secrets['a-key'] || secrets.GITHUB_TOKEN }} secrets.yml ${{ github.ref }}";
    expect(secretNames(text)).toEqual(['A-KEY', 'B_KEY']);
  });

  test('whom a sign-in is made as, where that is written out', () => {
    const as = (action: string, input: string, given: string) => cloudLogin(action, [[input, given]], [])?.as;
    const aws = 'aws-actions/configure-aws-credentials';
    expect(as(aws, 'role-to-assume', 'arn:aws:iam::123456789012:role/ci/Deploy')).toEqual({
      id: 'aws/-/role/arn:aws:iam::123456789012:role/ci/deploy',
      name: 'Deploy',
      type: 'role',
      platform: 'aws',
      knownAs: 'aws-arn:arn:aws:iam::123456789012:role/ci/deploy',
    });
    expect(as('azure/login', 'client-id', '0A1B2C3D-0000-4000-8000-00000000000A')?.knownAs).toBe(
      'entra-app:0a1b2c3d-0000-4000-8000-00000000000a',
    );
    expect(as(aws, 'role-to-assume', '${{ vars.ROLE }}')).toBeUndefined();
    expect(as(aws, 'role-to-assume', 'Deploy')).toBeUndefined();
    expect(as('azure/login', 'client-id', '${{ secrets.CLIENT }}')).toBeUndefined();
  });

  test('a workflow leads to the role that it assumes, as AWS knows it', () => {
    const items = readBuild(
      `on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: aws-actions/configure-aws-credentials@v5
        with: { role-to-assume: 'arn:aws:iam::123456789012:role/Deploy', aws-region: eu-central-1 }
`,
    );
    const records = items.map(({ record }) => record);
    const role = records.find(({ kind }) => kind === 'identity');
    expect(role).toMatchObject({ type: 'role', knownAs: ['aws-arn:arn:aws:iam::123456789012:role/deploy'] });
    const signIn = records.find(({ kind }) => kind === 'connection');
    expect(signIn?.links).toEqual([{ rel: 'uses', kind: 'identity', id: role?.id }]);
    expect(items.find(({ record }) => record === role)?.reference).toBe(true);
  });

  test('a cloud sign-in with a stored key, and one without', () => {
    const action = 'aws-actions/configure-aws-credentials';
    expect(cloudLogin(action, [['role-to-assume', 'x']], [])).toEqual({
      provider: 'AWS',
      authentication: 'managed-identity',
    });
    expect(cloudLogin('azure/login', [['creds', 'x']], [])).toMatchObject({ authentication: 'service-principal' });
    expect(cloudLogin(undefined, [], ['AWS_SECRET_ACCESS_KEY'])).toMatchObject({
      provider: 'AWS',
      authentication: 'api-key',
    });
    expect(cloudLogin('acme/deploy', [], ['NODE_ENV'])).toBeUndefined();
  });
});
