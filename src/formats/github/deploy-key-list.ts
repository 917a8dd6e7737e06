import { defineFormat, instant, type Document } from '../../sdk/index.ts';
import { beginsWith, entriesThat, type Entry } from '../saved-answer.ts';
import { at, idAt, textAt, type Part } from '../tree.ts';
import { deployKeyRecord } from './deploy-key.ts';
import { kept } from './kept.ts';
import { placeOf } from './places.ts';

const KEY = 'keys';

/** Deploy keys as `gh api repos/OWNER/REPO/keys` lists them: https://docs.github.com/rest/deploy-keys/deploy-keys */
export const githubDeployKeyList = defineFormat({
  id: 'github-deploy-key-list',
  title: 'GitHub list of deploy keys',
  platform: 'github',
  recognise: (document) => beginsWith(document, KEY, isKey),
  parse: (document) =>
    kept(document, KEY, 'deploy key', keysIn(document), ({ part }) => {
      const place = placeOf(part);
      if (place?.path === undefined) return undefined;
      const key = {
        id: idAt(part, 'id') ?? '',
        title: textAt(part, 'title') ?? 'deploy key',
        key: textAt(part, 'key') ?? '',
        read_only: at(part, 'read_only') === true,
        enabled: at(part, 'enabled') === false ? false : undefined,
        created_at: instant(at(part, 'created_at')),
        added_by: textAt(part, 'added_by'),
      };
      const lastUsedAt = at(part, 'last_used') === null ? ('never' as const) : instant(at(part, 'last_used'));
      const gaps = lastUsedAt === undefined ? { lastUsedAt: 'not-supported' as const } : {};
      const item = deployKeyRecord(key, { repository: place.path, within: place.within, lastUsedAt, gaps });
      return { item, container: place.container };
    }),
  example: {
    path: 'github/keys.json',
    text: JSON.stringify([
      {
        id: 12,
        key: 'ssh-ed25519 AAAA',
        url: 'https://api.github.com/repos/acme/shop/keys/12',
        title: 'deployment',
        verified: true,
        created_at: '2023-02-02T10:00:00Z',
        read_only: false,
        added_by: 'ada-maker',
        last_used: '2026-11-20T10:00:00Z',
        enabled: true,
      },
    ]),
  },
});

function keysIn(document: Document): Entry[] {
  return entriesThat(document, KEY, isKey);
}

function isKey(part: Part): boolean {
  return (
    idAt(part, 'id') !== undefined &&
    textAt(part, 'key') !== undefined &&
    typeof at(part, 'read_only') === 'boolean' &&
    placeOf(part)?.path !== undefined
  );
}
