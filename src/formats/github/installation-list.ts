import { defineFormat, instant, type Document } from '../../sdk/index.ts';
import { beginsWith, entriesThat, type Entry } from '../saved-answer.ts';
import { at, entriesAt, idAt, isObject, textAt, type Part } from '../tree.ts';
import { installationRecord } from './installation.ts';
import { kept } from './kept.ts';
import { held } from './places.ts';

const KEY = 'installations';

/** GitHub Apps as `gh api orgs/ORG/installations` lists them: https://docs.github.com/rest/orgs/orgs#list-app-installations-for-an-organization */
export const githubInstallationList = defineFormat({
  id: 'github-installation-list',
  title: 'GitHub list of installed Apps',
  platform: 'github',
  recognise: (document) => beginsWith(document, KEY, isInstallation),
  parse: (document) =>
    kept(document, KEY, 'installed App', installationsIn(document), ({ part }) => {
      const organisation = textAt(part, 'account', 'login') ?? 'organisation';
      const { within, container } = held('organisation', organisation);
      const item = installationRecord(listedInstallation(part), {
        id: `installation/${idAt(part, 'id')}`,
        organisation,
        grantedTo: { ...within, rel: 'granted-to' },
        // Who publishes it, the App itself says.
        gaps: { lastUsedAt: 'not-supported', publisher: 'not-seen', thirdParty: 'not-seen' },
      });
      return { item, container };
    }),
  example: {
    path: 'github/installations.json',
    text: JSON.stringify({
      total_count: 1,
      installations: [
        {
          id: 13,
          account: { login: 'acme', type: 'Organization' },
          app_id: 14,
          app_slug: 'release-notes',
          html_url: 'https://github.com/organizations/acme/settings/installations/13',
          repository_selection: 'all',
          permissions: { contents: 'write', metadata: 'read' },
          events: [],
          created_at: '2023-02-02T10:00:00Z',
          updated_at: '2024-02-02T10:00:00Z',
          suspended_at: null,
        },
      ],
    }),
  },
});

function installationsIn(document: Document): Entry[] {
  return entriesThat(document, KEY, isInstallation);
}

function isInstallation(part: Part): boolean {
  return (
    idAt(part, 'id') !== undefined &&
    textAt(part, 'app_slug') !== undefined &&
    textAt(part, 'repository_selection') !== undefined &&
    isObject(at(part, 'permissions'))
  );
}

function listedInstallation(part: Part) {
  const permissions = entriesAt(part, 'permissions').filter((each): each is [string, string] => {
    return typeof each[1] === 'string';
  });
  return {
    app_slug: textAt(part, 'app_slug') ?? '',
    html_url: textAt(part, 'html_url'),
    repository_selection: textAt(part, 'repository_selection') ?? '',
    permissions: Object.fromEntries(permissions),
    created_at: instant(at(part, 'created_at')),
    updated_at: instant(at(part, 'updated_at')),
    suspended_at: textAt(part, 'suspended_at'),
  };
}
