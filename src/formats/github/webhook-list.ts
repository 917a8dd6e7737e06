import { defineFormat, instant, type Document } from '../../sdk/index.ts';
import { beginsWith, entriesThat, type Entry } from '../saved-answer.ts';
import { at, idAt, isObject, listAt, textAt, type Part } from '../tree.ts';
import { hookRecord } from './hook.ts';
import { kept } from './kept.ts';
import { placeOf } from './places.ts';

const KEY = 'hooks';

/** Webhooks as `gh api repos/OWNER/REPO/hooks` and `gh api orgs/ORG/hooks` list them: https://docs.github.com/rest/repos/webhooks */
export const githubWebhookList = defineFormat({
  id: 'github-webhook-list',
  title: 'GitHub list of webhooks',
  platform: 'github',
  recognise: (document) => beginsWith(document, KEY, isHook),
  parse: (document) =>
    kept(document, KEY, 'webhook', hooksIn(document), ({ part }) => {
      const place = placeOf(part);
      if (place === undefined) return undefined;
      const status = at(part, 'last_response', 'code');
      const about = { ...place, lastStatus: typeof status === 'number' ? status : undefined };
      return { item: hookRecord(listedHook(part), about), container: place.container };
    }),
  example: {
    path: 'github/hooks.json',
    text: JSON.stringify([
      {
        type: 'Repository',
        id: 11,
        name: 'web',
        active: true,
        events: ['push'],
        config: { content_type: 'json', insecure_ssl: '0', url: 'https://builds.example.com/start' },
        created_at: '2024-02-02T10:00:00Z',
        updated_at: '2024-03-02T10:00:00Z',
        url: 'https://api.github.com/repos/acme/shop/hooks/11',
        last_response: { code: 200, status: 'active', message: 'OK' },
      },
    ]),
  },
});

function hooksIn(document: Document): Entry[] {
  return entriesThat(document, KEY, isHook);
}

function isHook(part: Part): boolean {
  return (
    idAt(part, 'id') !== undefined &&
    typeof at(part, 'active') === 'boolean' &&
    Array.isArray(at(part, 'events')) &&
    isObject(at(part, 'config')) &&
    placeOf(part) !== undefined
  );
}

function listedHook(part: Part) {
  const insecure = at(part, 'config', 'insecure_ssl');
  return {
    id: idAt(part, 'id') ?? '',
    active: at(part, 'active') === true,
    events: listAt(part, 'events').filter((event) => typeof event === 'string'),
    created_at: instant(at(part, 'created_at')),
    updated_at: instant(at(part, 'updated_at')),
    config: {
      url: textAt(part, 'config', 'url'),
      insecure_ssl: typeof insecure === 'string' || typeof insecure === 'number' ? insecure : undefined,
      secret: textAt(part, 'config', 'secret') !== undefined,
    },
  };
}
