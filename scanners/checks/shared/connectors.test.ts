import { expect, test } from 'vitest';
import type { Step } from '../../../src/sdk/index.ts';
import { isAddressed, readsInternalData, takesDataOut, writesToPublicChannel } from './connectors.ts';

const step = (connector: string, role?: Step['role']): Step => ({
  id: 's',
  label: 'S',
  connector,
  ...(role !== undefined && { role }),
});
const roles = ['source', 'both', 'sink', undefined] as const;

test('who reads from where the organisation keeps its data brings it in, and who writes there does not', () => {
  expect(roles.map((role) => readsInternalData(step('n8n-nodes-base.salesforce', role)))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(readsInternalData(step('n8n-nodes-base.rssFeedRead', 'source'))).toBe(false);
});

test('who writes to a channel of everybody’s hands data out there, and who reads it does not', () => {
  expect(roles.map((role) => writesToPublicChannel(step('telegram', role)))).toEqual([false, true, true, false]);
  expect(writesToPublicChannel(step('n8n-nodes-base.slack', 'sink'))).toBe(false);
  expect(roles.map((role) => takesDataOut(step('smtp', role)))).toEqual([false, true, true, false]);
});

test('words are told from parts of words: a sheet is not a box, and a fax no X', () => {
  expect(['box.file', 'dropbox', 'mailbox-notes'].map((each) => readsInternalData(step(each, 'source')))).toEqual([
    true,
    true,
    false,
  ]);
  expect(['x', 'n8n.fax', 'line', 'online-form'].map((each) => writesToPublicChannel(step(each, 'sink')))).toEqual([
    true,
    false,
    true,
    false,
  ]);
});

test('where mail and calls go is decided by an address', () => {
  expect(['smtp', 'n8n-nodes-base.httpRequest', 'googleSheets'].map((each) => isAddressed(step(each)))).toEqual([
    true,
    true,
    false,
  ]);
});
