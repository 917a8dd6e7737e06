import { expect, test } from 'vitest';
import { container, credential, workflow } from '../sdk/records.ts';
import { initiativeOf } from './initiative.ts';

const flow = workflow({
  id: 'w',
  name: 'Deploy',
  platform: 'github-actions',
  state: 'active',
  graph: { steps: [], edges: [], triggers: [] },
  at: { path: 'acme/site/.github/workflows/deploy.yml' },
}).record;
const repository = (platform?: string) =>
  container({ id: 'repository/1', name: 'acme/site', type: 'repository', platform }).record;

test('a repository of a platform is an initiative; one on a disk only says where an export lies', () => {
  expect(initiativeOf('github:acme', flow, [repository('github')])).toEqual({
    id: 'github:acme/repository/1',
    name: 'acme/site',
  });
  expect(initiativeOf('files:exports', flow, [repository()])).toEqual({ id: 'files:exports/acme', name: 'acme' });
});

test('an archive is no folder: it counts towards the one that it lies in', () => {
  const exported = (path: string) => ({ ...flow, at: { path } });
  const archive = 'Invoices_20261122101112.zip!/Microsoft.Flow/flows/1/definition.json';
  expect(initiativeOf('files:exports', exported(`finance/${archive}`), []).id).toBe('files:exports/finance');
  expect(initiativeOf('files:exports', exported(archive), []).id).toBe('files:exports');
});

test('else the top folder, the platform of a list, the source', () => {
  const key = (more: object) => credential({ id: 'k', name: 'k', type: 'api-key', status: 'active', ...more }).record;
  expect(initiativeOf('attested:keys', key({ platform: 'docusign' }), [])).toEqual({
    id: 'attested:keys/docusign',
    name: 'docusign',
  });
  expect(initiativeOf('attested:keys', key({}), [])).toEqual({ id: 'attested:keys', name: 'attested:keys' });
  const project = container({ id: 'p', name: 'Payroll', type: 'project' }).record;
  expect(initiativeOf('n8n:main', key({ at: { path: 'x/y' } }), [project])).toEqual({
    id: 'n8n:main/p',
    name: 'Payroll',
  });
});
