import {
  container,
  credential,
  defineFormat,
  identity,
  instant,
  link,
  pointer,
  reference,
  type Document,
  type Item,
} from '../../sdk/index.ts';
import { divided } from '../contents.ts';
import { joined } from '../once.ts';
import { beginsWith, cutOff, entriesThat, strangersIn, type Entry } from '../saved-answer.ts';
import { at, textAt, type Part } from '../tree.ts';

const PLATFORM = 'google-cloud';
/** `projects/PROJECT/serviceAccounts/ACCOUNT`, and for a key `/keys/KEY` behind it. */
const NAME = /^projects\/([^/]+)\/serviceAccounts\/([^/]+)(?:\/keys\/([^/]+))?$/;

/**
 * Service accounts and their keys as `gcloud iam service-accounts list` and `… keys list` show them with `--format json`.
 * https://cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts
 */
export const googleServiceAccountList = defineFormat({
  id: 'google-service-account-list',
  title: 'Google Cloud list of service accounts or of their keys',
  platform: PLATFORM,
  recognise: (document) => beginsWith(document, 'accounts', isAccount) || beginsWith(document, 'keys', isKey),
  parse(document) {
    const [accounts, keys] = [accountsIn(document), keysIn(document)];
    const entries = [...accounts, ...keys];
    const paths = entries.map(({ path }) => path);
    const parts = entries.map((entry, index) => {
      const records = index < accounts.length ? accountRecords(entry) : keyRecords(entry);
      const [first, ...others] = records.map((item) => placed(item, entry, document.path));
      const contents = divided(document, paths, index, []);
      return { items: first === undefined ? [] : [{ ...first, contents }, ...others], problems: [] };
    });
    const strangers = strangersIn(document, keys.length > 0 ? 'keys' : 'accounts', entries, 'service account or key');
    const more = textAt(document.tree, 'nextPageToken') === undefined ? [] : cutOff(entries.length, 'service accounts');
    return joined([...parts, { items: [], problems: [...strangers, ...more] }]);
  },
  example: {
    path: 'google/service-accounts.json',
    text: JSON.stringify([
      {
        displayName: 'Invoice import',
        email: 'invoices@acme-finance.iam.gserviceaccount.com',
        name: 'projects/acme-finance/serviceAccounts/invoices@acme-finance.iam.gserviceaccount.com',
        projectId: 'acme-finance',
        uniqueId: '1000',
      },
      {
        keyAlgorithm: 'KEY_ALG_RSA_2048',
        keyOrigin: 'GOOGLE_PROVIDED',
        keyType: 'USER_MANAGED',
        name: 'projects/acme-finance/serviceAccounts/invoices@acme-finance.iam.gserviceaccount.com/keys/key-1',
        validAfterTime: '2023-02-02T10:00:00Z',
        validBeforeTime: '9999-12-31T23:59:59Z',
      },
    ]),
  },
});

function accountsIn(document: Document): Entry[] {
  return entriesThat(document, 'accounts', isAccount);
}

function isAccount(part: Part): boolean {
  return textAt(part, 'email') !== undefined && isNamed(part) && partsOf(part).key === undefined;
}

function keysIn(document: Document): Entry[] {
  return entriesThat(document, 'keys', isKey);
}

function isKey(part: Part): boolean {
  return textAt(part, 'keyType') !== undefined && isNamed(part) && partsOf(part).key !== undefined;
}

function isNamed(part: Part): boolean {
  return NAME.test(textAt(part, 'name') ?? '');
}

function partsOf(part: Part): { project: string; account: string; key: string | undefined } {
  const [, project = '', account = '', key] = NAME.exec(textAt(part, 'name') ?? '') ?? [];
  return { project, account, key };
}

function placed(item: Item, { path }: Entry, file: string): Item {
  if (item.reference === true) return item;
  return { ...item, record: { ...item.record, at: { path: file, pointer: pointer(...path) } } };
}

function projectRecord(id: string): Item {
  return reference(container({ id: `projects/${id}`, name: id, type: 'project', platform: PLATFORM }));
}

/** Which roles it has, policies of projects and folders say. */
function accountRecords({ part }: Entry): Item[] {
  const { project } = partsOf(part);
  const email = textAt(part, 'email') ?? '';
  const account = identity({
    id: email.toLowerCase(),
    name: textAt(part, 'displayName') ?? email,
    type: 'service-account',
    status: at(part, 'disabled') === true ? 'disabled' : 'active',
    platform: PLATFORM,
    // https://cloud.google.com/iam/docs/service-account-types#default : Google made it, often with the role of an editor.
    tags: /(?:-compute@developer|@appspot)\.gserviceaccount\.com$/.test(email) ? ['default service account'] : [],
    links: [link('contained-in', 'container', `projects/${project}`)],
    gaps: { scopes: 'not-seen', admin: 'not-seen', lastUsedAt: 'not-supported', createdAt: 'not-supported' },
  });
  return [account, projectRecord(project)];
}

/** Those that Google keeps and replaces by itself are nobody's to lose. */
function keyRecords({ part }: Entry): Item[] {
  const { project, account, key = '' } = partsOf(part);
  if (textAt(part, 'keyType') === 'SYSTEM_MANAGED') return [];
  const [, algorithm, bits] = /^KEY_ALG_([A-Z]+)_(\d+)$/.exec(textAt(part, 'keyAlgorithm') ?? '') ?? [];
  const end = textAt(part, 'validBeforeTime');
  return [
    credential({
      id: `${account.toLowerCase()}/${key.slice(0, 16)}`,
      name: `Key ${key.slice(0, 8)} of ${account}`,
      type: 'service-account-key',
      status: at(part, 'disabled') === true ? 'inactive' : 'active',
      platform: PLATFORM,
      store: 'platform',
      retrievable: false,
      rotation: 'manual',
      createdAt: instant(at(part, 'validAfterTime')),
      expiresAt: end?.startsWith('9999-') === true ? 'never' : instant(end),
      key: algorithm === undefined ? undefined : { algorithm, bits: Number(bits) },
      links: [
        link('authenticates', 'identity', account.toLowerCase()),
        link('contained-in', 'container', `projects/${project}`),
      ],
      gaps: { lastUsedAt: 'not-supported', scopes: 'not-seen', admin: 'not-seen' },
    }),
    projectRecord(project),
  ];
}
