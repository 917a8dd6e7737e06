import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rollcall } from '../helpers/run-cli.ts';

const ROLE = 'arn:aws:iam::123456789012:role/ci/Deploy';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-joined-'));
  mkdirSync(join(folder, 'exports/.github/workflows'), { recursive: true });
  writeFileSync(
    join(folder, 'exports/.github/workflows/release.yml'),
    `name: Release
on: push
jobs:
  release:
    runs-on: ubuntu-latest
    steps:
      - name: Sign in
        uses: aws-actions/configure-aws-credentials@v5
        with: { role-to-assume: '${ROLE}', aws-region: eu-central-1 }
`,
  );
  writeFileSync(
    join(folder, 'exports/attested.csv'),
    `platform,type,name,id,owner\nAWS,role,Deployment role,${ROLE},ann@acme.example\n`,
  );
  writeFileSync(join(folder, 'exports/people.csv'), 'id,name,email,status\np1,Ann Archer,ann@acme.example,active\n');
  expect((await rollcall(folder, ['scan', 'exports', '--quiet'])).code).not.toBe(2);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a pipeline leads to the role that it assumes, as the list knows it, and to whom the list names', async () => {
  const { out } = await rollcall(folder, ['show', 'Release']);
  expect(out).toContain(
    [
      '  uses connection AWS: Sign in',
      '    uses identity Deploy — Ann Archer',
      '      the same as identity Deployment role (attested:exports-attested) — Ann Archer',
    ].join('\n'),
  );
});

test('the role leads to the pipelines that stop without it', async () => {
  const { out } = await rollcall(folder, ['show', 'Deployment role']);
  expect(out).toContain(
    [
      'What breaks if it is revoked',
      '  the same as identity Deploy (files:exports) — Ann Archer',
      '    used by connection AWS: Sign in',
      '      used by workflow Release',
    ].join('\n'),
  );
});

test('what a pipeline only mentions has the owner that its own list names', async () => {
  const { out } = await rollcall(folder, ['show', 'Deploy']);
  expect(out).toContain(
    'accountable: Ann Archer (active) — known as "Deployment role" in attested:exports-attested: named as owner',
  );
});
