import { expect, test } from 'vitest';
import { only, read } from '../../test/helpers/github.ts';
import type { LiveOptions } from '../../test/helpers/live.ts';

const missing = { status: 404, json: { message: 'Not Found' } };

/** What the installed Apps tell, where some answers are others. */
async function installed(tamper?: NonNullable<LiveOptions['tamper']>) {
  const found = await read(['installations'], {}, tamper && { tamper });
  const apps = [...found.records.values()].filter(({ id }) => id.startsWith('installation/'));
  return { apps, outcome: found.outcome('installations') };
}

test('a private App of somebody else does not say who publishes it; that none does is no likely story', async () => {
  const usual = await installed();
  const shown = usual.apps.filter((app) => app.kind === 'identity' && app.publisher !== undefined);
  expect(shown.length).toBeGreaterThan(0);
  expect(shown.length).toBeLessThan(usual.apps.length);
  expect(usual.outcome).toMatchObject({ outcome: 'complete' });

  const hidden = await installed(only(/\/apps\/[\w-]+$/, missing));
  for (const { gaps } of hidden.apps) expect(gaps).toMatchObject({ publisher: 'denied', thirdParty: 'denied' });
  expect(hidden.outcome).toMatchObject({ outcome: 'partial', detail: '1 thing could not be read' });
});

test('one App alone may well be private', async () => {
  const alone = await installed((request, usual) => {
    if (/\/apps\/[\w-]+$/.test(request.path)) return missing;
    if (!request.path.endsWith('/orgs/acme/installations')) return usual;
    const { installations } = usual.json as { installations: unknown[] };
    return { json: { total_count: 1, installations: installations.slice(0, 1) } };
  });
  expect(alone).toMatchObject({ apps: [{ gaps: { publisher: 'denied' } }], outcome: { outcome: 'complete' } });
});
