import {
  attributed,
  defineFormat,
  identity,
  instant,
  pointer,
  publicName,
  type Document,
  type Item,
  type Json,
} from '../../sdk/index.ts';
import { divided } from '../contents.ts';
import { mailboxIn } from '../hosts.ts';
import { joined } from '../once.ts';
import { cutOff, entriesThat, strangersIn, type Entry } from '../saved-answer.ts';
import { at, entriesAt, isObject, listAt, textAt, type Part } from '../tree.ts';
import { credentialsOf } from './credentials.ts';

/**
 * App registrations of Entra ID as people list them: Graph's answer, `az ad app list`, or `Get-MgApplication` as JSON.
 * https://learn.microsoft.com/graph/api/resources/application
 */
export const entraApplicationList = defineFormat({
  id: 'entra-application-list',
  title: 'Entra ID list of app registrations',
  platform: 'entra',
  recognise: (document) => applicationsIn(document).length > 0,
  parse(document) {
    const entries = applicationsIn(document);
    const paths = entries.map(({ path }) => path);
    const parts = entries.map((entry, index) => {
      const passwords = ['passwordCredentials', 'PasswordCredentials'].flatMap((key) =>
        listAt(entry.part, key).flatMap((_, row) =>
          ['secretText', 'SecretText'].map((field) => ({
            pointer: pointer(...entry.path, key, row, field),
            place: 'credential-export' as const,
            secret: true,
          })),
        ),
      );
      const [application, ...credentials] = recordsOf(entry, document.path);
      const contents = divided(document, paths, index, passwords);
      return { items: application === undefined ? [] : [{ ...application, contents }, ...credentials], problems: [] };
    });
    const next = textAt(document.tree, '@odata.nextLink') === undefined ? [] : cutOff(entries.length, 'applications');
    const strangers = strangersIn(document, 'value', entries, 'app registration');
    return joined([...parts, { items: [], problems: [...strangers, ...next] }]);
  },
  example: {
    path: 'entra/applications.json',
    text: JSON.stringify([
      {
        id: '2c8e1f0a-6f0e-4b7e-9a51-6f5d6f0f7b01',
        appId: '7b1d3c5e-0a9f-4c2b-8e6d-5f4a3b2c1d02',
        displayName: 'Invoice bridge',
        createdDateTime: '2023-02-02T10:00:00Z',
        signInAudience: 'AzureADMyOrg',
        serviceManagementReference: 'ada.maker@acme.example',
        passwordCredentials: [
          {
            displayName: 'bridge',
            hint: 'abc',
            keyId: '9d2e4f6a-1b3c-4d5e-8f70-a1b2c3d4e503',
            secretText: null,
            startDateTime: '2023-02-02T10:00:00Z',
            endDateTime: '2027-02-02T10:00:00Z',
          },
        ],
        keyCredentials: [],
        requiredResourceAccess: [],
      },
    ]),
  },
});

function applicationsIn(document: Document): Entry[] {
  return entriesThat(document, 'value', (part) => isApplication(withSmallNames(part)));
}

/** A service principal has a type of its own, and says by another field for whom it is. */
function isApplication(part: Part): boolean {
  return (
    textAt(part, 'id') !== undefined &&
    textAt(part, 'appId') !== undefined &&
    at(part, 'signInAudience') !== undefined &&
    at(part, 'servicePrincipalType') === undefined &&
    Array.isArray(at(part, 'passwordCredentials')) &&
    Array.isArray(at(part, 'keyCredentials'))
  );
}

/** PowerShell writes every name with a capital. */
function withSmallNames(part: Json): { [name: string]: Json } {
  const small = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
  return Object.fromEntries(entriesAt(part).map(([name, value]) => [small(name), value]));
}

function inGraphsWords(part: Json): Json {
  if (Array.isArray(part)) return part.map((one: Json) => inGraphsWords(one));
  if (!isObject(part)) return part;
  return Object.fromEntries(Object.entries(withSmallNames(part)).map(([name, value]) => [name, inGraphsWords(value)]));
}

function recordsOf({ path, part: written }: Entry, file: string): Item[] {
  const part = inGraphsWords(written);
  const id = `application/${textAt(part, 'id')}`;
  const appId = textAt(part, 'appId') ?? '';
  const name = textAt(part, 'displayName') ?? appId;
  const where = { path: file, pointer: pointer(...path) };
  const reference = mailboxIn(textAt(part, 'serviceManagementReference'));
  const audience = textAt(part, 'signInAudience');
  const application = identity({
    id,
    name,
    type: 'app-registration',
    status: at(part, 'isDisabled') === true ? 'disabled' : 'active',
    platform: 'entra',
    knownAs: [publicName('entra-app', appId)],
    thirdParty: false,
    createdAt: instant(at(part, 'createdDateTime')),
    tags: [`client-id:${appId}`, ...(audience === undefined ? [] : [`audience:${audience}`])],
    attributions: [
      ...listAt(part, 'owners').map(ownerOf),
      attributed('operated-by', { email: reference }, 'tag', { evidence: 'serviceManagementReference' }),
    ],
    at: where,
    gaps: { scopes: 'not-seen', admin: 'not-seen', lastUsedAt: 'not-seen' },
  });
  const passwords = listAt(part, 'passwordCredentials').map(keyEntry);
  const keys = listAt(part, 'keyCredentials').map((key) => ({
    ...keyEntry(key),
    usage: textAt(key, 'usage'),
    customKeyIdentifier: textAt(key, 'customKeyIdentifier'),
  }));
  const credentials = credentialsOf({ id, name, passwords, keys }).map((item) => ({
    ...item,
    record: { ...item.record, at: where },
  }));
  return [application, ...credentials];
}

function keyEntry(part: Part) {
  return {
    keyId: textAt(part, 'keyId'),
    displayName: textAt(part, 'displayName'),
    startDateTime: instant(at(part, 'startDateTime')),
    endDateTime: instant(at(part, 'endDateTime')),
  };
}

/** Only there where they were asked for: `$expand=owners`. Another application may be one, and names nobody. */
function ownerOf(owner: Json) {
  const email = textAt(owner, 'mail') ?? textAt(owner, 'userPrincipalName');
  if (email === undefined) return undefined;
  const who = { id: textAt(owner, 'id'), email, name: textAt(owner, 'displayName') };
  return attributed('owned-by', who, 'platform-owner', { evidence: 'owners' });
}
