import { expect, test } from 'vitest';
import { processorTime } from '../../test/helpers/processor-time.ts';
import { looksLikeAttested } from './recognise.ts';

test('an inventory is found by its first lines', () => {
  expect(looksLikeAttested(Buffer.from('platform;type;name;owner\n'))).toBe(true);
  expect(looksLikeAttested(Buffer.from('items:\n  - platform: DocuSign\n    type: api-key\n'))).toBe(true);
  expect(looksLikeAttested(Buffer.from('type,name,owner\n'))).toBe(false);
  expect(looksLikeAttested(Buffer.from('id,name,emails,status\n'))).toBe(false);
});

test('an inventory with columns of its own is found where its rows say what they are', () => {
  const headings =
    'Type,Name,Platform,Client ID,Business Owner,Expires,Last Reviewed,Reviewed By,Data shared with,Notes';
  const kinds = (...types: string[]) =>
    Buffer.from([headings, ...types.map((type) => `${type},x,y,,,,,,,`), ''].join('\n'));
  expect(looksLikeAttested(kinds('eSignature integrations', 'Integration key'))).toBe(true);
  expect(looksLikeAttested(kinds('laptop', 'phone'))).toBe(false);
  expect(looksLikeAttested(kinds())).toBe(false);
  const titled =
    'Inventory of the integration team,,,\n\nArt;Name;Plattform;Eigentümer;Gültig bis;Eigenes Feld\nAPI-Schlüssel;x;y;;;\n';
  expect(looksLikeAttested(Buffer.from(titled.replaceAll(',', '')))).toBe(true);
});

test('empty lines above it cost nothing', async () => {
  const taken = await processorTime(() => looksLikeAttested(Buffer.from(`${'\n'.repeat(30)}items: none\n`)));
  expect(taken).toBeLessThan(1_000);
});
