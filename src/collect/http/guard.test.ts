import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { platforms } from '../../../test/helpers/opened.ts';
import type { VendorAnswer } from '../../../test/helpers/vendor.ts';
import { operation } from '../../sdk/http.ts';

const platformOf = platforms();
const ok: VendorAnswer = { json: { name: 'A thing' } };
const thing = operation('GET /things/{id}', z.object({ name: z.string() }));
const find = operation('POST /find', z.object({ name: z.string() }));
const ask = { params: { id: 'a' } };

describe('nothing but reads', () => {
  test.each(['DELETE', 'PUT', 'PATCH'])('%s is refused though a connector declares it', async (method) => {
    const at = await platformOf({ answer: () => ok });
    const write = operation(`${method} /things/{id}`, z.unknown());
    await expect(at.platform.asking([write]).read(write, ask)).rejects.toMatchObject({ kind: 'bug' });
    expect(at.server.requests).toEqual([]);
  });

  test.each([
    { headers: { 'X-HTTP-Method-Override': 'DELETE' } },
    { headers: { 'x-http-method': 'DELETE' } },
    { headers: { 'X-Method-Override': 'PUT' } },
    { query: { _method: 'delete' } },
    { form: { _method: 'delete' } },
  ])('what turns a read into a write on its way is refused: %j', async (more) => {
    const at = await platformOf({ answer: () => ok });
    const http = at.platform.asking([thing, find]);
    await expect(http.read(find, more)).rejects.toMatchObject({ kind: 'bug' });
    expect(at.server.requests).toEqual([]);
  });
});

test('a path that only begins like a declared one is refused', async () => {
  const at = await platformOf({ answer: () => ok });
  const http = at.platform.asking([thing]);
  await expect(http.fetch(`${at.server.origin}/things/a/revoke`)).rejects.toMatchObject({ kind: 'bug' });
  expect(at.server.requests).toEqual([]);
});
