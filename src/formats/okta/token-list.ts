import { defineFormat, instant, pointer, type Document } from '../../sdk/index.ts';
import { divided } from '../contents.ts';
import { joined } from '../once.ts';
import { beginsWith, entriesThat, strangersIn, type Entry } from '../saved-answer.ts';
import { at, textAt, type Part } from '../tree.ts';
import { tokenRecord } from './api-token.ts';
import { usableFrom } from './usable-from.ts';

/** API tokens of Okta as `GET /api/v1/api-tokens` lists them: https://developer.okta.com/docs/api/openapi/okta-management/management/tag/ApiToken/ */
export const oktaTokenList = defineFormat({
  id: 'okta-token-list',
  title: 'Okta list of API tokens',
  platform: 'okta',
  recognise: (document) => beginsWith(document, 'value', isToken),
  parse(document) {
    const entries = tokensIn(document);
    const paths = entries.map(({ path }) => path);
    const items = entries.map((entry, index) => ({
      ...tokenOf(entry, document.path),
      contents: divided(document, paths, index, []),
    }));
    return joined([{ items, problems: strangersIn(document, 'value', entries, 'API token') }]);
  },
  example: {
    path: 'okta/api-tokens.json',
    text: JSON.stringify([
      {
        id: 'token-1',
        name: 'Provisioning script',
        userId: 'user-1',
        clientName: 'Okta API',
        tokenWindow: 'P30D',
        created: '2023-02-02T10:00:00.000Z',
        lastUpdated: '2026-11-20T10:00:00.000Z',
        expiresAt: '2026-12-20T10:00:00.000Z',
        network: { connection: 'ANYWHERE' },
      },
    ]),
  },
});

/** In a list of tokens some say less: those of a user who is gone, or that were made before they had a window. */
function tokensIn(document: Document): Entry[] {
  return entriesThat(document, 'value', (part) => isToken(part) || isOldToken(part));
}

function isToken(part: Part): boolean {
  return ['id', 'userId', 'tokenWindow'].every((field) => textAt(part, field) !== undefined);
}

function isOldToken(part: Part): boolean {
  const told = ['userId', 'tokenWindow', 'clientName', 'name'].some((field) => textAt(part, field) !== undefined);
  return textAt(part, 'id') !== undefined && told;
}

function tokenOf({ path, part }: Entry, file: string) {
  const token = {
    id: textAt(part, 'id') ?? '',
    name: textAt(part, 'name'),
    clientName: textAt(part, 'clientName'),
    userId: textAt(part, 'userId'),
    created: instant(at(part, 'created')),
    expiresAt: instant(at(part, 'expiresAt')),
    tokenWindow: textAt(part, 'tokenWindow'),
  };
  const item = tokenRecord(token, { reach: usableFrom(at(part, 'network')), held: 'not-seen' });
  return { ...item, record: { ...item.record, at: { path: file, pointer: pointer(...path) } } };
}
