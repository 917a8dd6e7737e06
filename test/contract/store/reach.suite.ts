import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../src/core/ports.ts';
import type { AnyRecord, Kind, Link } from '../../../src/core/record.ts';
import { breaksWithIt, withinReach, type Walk } from '../../../src/core/walk.ts';
import { SOURCE, flow, key, scan } from '../../helpers/in-store.ts';

const to = (rel: Link['rel'], kind: Kind, id: string): Link => ({ rel, kind, id });

function service(id: string, links: readonly Link[] = []): AnyRecord {
  return { kind: 'identity', id, name: id, type: 'service-account', status: 'active', platform: 'p', links };
}

function connector(id: string, links: readonly Link[] = []): AnyRecord {
  return { kind: 'connection', id, name: id, connector: 'http', links };
}

function address(id: string, direction: 'inbound' | 'outbound', links: readonly Link[]): AnyRecord {
  return { kind: 'endpoint', id, name: id, direction, type: 'webhook', authentication: 'none', links };
}

function place(id: string, type: 'environment' | 'repository'): AnyRecord {
  return { kind: 'container', id, name: id, type };
}

/**
 * A form starts an approval, which uses a connection that a key signs in, calls a bank and asks another workflow; a
 * robot has two keys and a grant on mail; a build uses an environment, in which a secret is kept.
 */
const company: readonly AnyRecord[] = [
  flow('approval', [
    to('uses', 'connection', 'bank'),
    to('uses', 'workflow', 'archive'),
    to('contained-in', 'container', 'code'),
  ]),
  flow('archive', [to('uses', 'identity', 'robot')]),
  flow('build', [to('uses', 'container', 'live')]),
  address('form', 'inbound', [to('contained-in', 'workflow', 'approval')]),
  address('other form', 'inbound', [to('contained-in', 'workflow', 'approval')]),
  address('bank.example', 'outbound', [to('contained-in', 'workflow', 'approval')]),
  connector('bank'),
  key('bank key', { links: [to('authenticates', 'connection', 'bank')] }),
  key('form key', { links: [to('authenticates', 'endpoint', 'form')] }),
  service('robot'),
  key('key 1', { links: [to('authenticates', 'identity', 'robot')] }),
  key('key 2', { links: [to('authenticates', 'identity', 'robot')] }),
  key('grant', {
    type: 'oauth-grant',
    links: [
      to('authenticates', 'identity', 'robot'),
      to('granted-to', 'identity', 'mail'),
      to('granted-to', 'person', 'ann'),
    ],
  }),
  service('mail'),
  { kind: 'person', id: 'ann', name: 'Ann', status: 'active' },
  place('live', 'environment'),
  place('code', 'repository'),
  key('environment secret', { links: [to('contained-in', 'container', 'live')] }),
  key('repository secret', { links: [to('contained-in', 'container', 'code')] }),
];

/** What a walk says about records that hang together: what breaks with one, and what it can get at. */
export function reachSuite(name: string, open: () => Promise<Store>): void {
  describe(`reach on ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
      await scan(store, company, 1);
    });
    afterEach(() => store.close());

    const met = async (walk: Walk, kind: Kind, id: string) =>
      (await store.records.neighbours({ source: SOURCE, kind, id }, walk, 5)).map(({ record }) => record.id).toSorted();

    test.each<[Kind, string, readonly string[]]>([
      ['credential', 'bank key', ['approval', 'bank', 'form', 'other form']],
      ['credential', 'form key', ['approval', 'form']],
      ['credential', 'key 1', ['approval', 'archive', 'form', 'other form', 'robot']],
      ['credential', 'grant', ['ann', 'approval', 'archive', 'form', 'other form', 'robot']],
      ['identity', 'robot', ['ann', 'approval', 'archive', 'form', 'grant', 'key 1', 'key 2', 'other form']],
      ['workflow', 'approval', ['form', 'other form']],
      ['endpoint', 'form', ['approval']],
      ['credential', 'environment secret', []],
      ['container', 'live', ['build', 'environment secret']],
    ])('what breaks with the %s "%s"', async (kind, id, expected) => {
      expect(await met(breaksWithIt, kind, id)).toEqual(expected);
    });

    test('leads on through every source that knows a thing by one public name, and forgets a name that it lost', async () => {
      const role = { ...service('role'), knownAs: ['aws-arn:r'] };
      const grant = key('grant', { type: 'oauth-grant', links: [to('authenticates', 'identity', 'role')] });
      const other = key('other key', { links: [to('authenticates', 'identity', 'role')] });
      const stranger = { ...service('stranger'), knownAs: ['aws-arn:y'] };
      const mention = { ...service('mention'), knownAs: ['aws-arn:r', 'aws-arn:x'] };
      const login = connector('login', [to('uses', 'identity', 'mention')]);
      const deploy = flow('deploy', [to('uses', 'connection', 'login')]);
      const signing = key('ci key', { links: [to('authenticates', 'identity', 'mention')] });
      await scan(store, [role, grant, other, stranger], 1, { source: 'cloud' });
      await scan(store, [mention, login, deploy, signing], 1, { source: 'code' });
      const from = async (walk: Walk, source: string, kind: Kind, id: string) =>
        (await store.records.neighbours({ source, kind, id }, walk, 5)).map(({ record }) => record.id).toSorted();
      const all = ['ci key', 'deploy', 'grant', 'login', 'mention', 'other key'];
      expect(await from(breaksWithIt, 'cloud', 'identity', 'role')).toEqual(all);
      const got = ['ci key', 'grant', 'login', 'mention', 'other key', 'role'];
      expect(await from(withinReach, 'code', 'workflow', 'deploy')).toEqual(got);
      // A key opens the account, in whichever source that stands, and not the account's other keys.
      expect(await from(withinReach, 'code', 'credential', 'ci key')).toEqual(['grant', 'mention', 'role']);
      await scan(store, [{ ...role, knownAs: ['aws-arn:z'] }, grant, other, stranger], 2, { source: 'cloud' });
      expect(await from(breaksWithIt, 'cloud', 'identity', 'role')).toEqual(['grant', 'other key']);
    });

    test('goes from a role to the repositories that it lets in, and from what they build to the role', async () => {
      const trusts = (...subjects: string[]) => [
        { type: 'oidc', issuer: 'token.actions.githubusercontent.com', subjects },
      ];
      const role = (id: string, ...subjects: string[]) =>
        ({ ...service(id), trusts: trusts(...subjects) }) as AnyRecord;
      const grant = key('grant', { type: 'oauth-grant', links: [to('authenticates', 'identity', 'deploy')] });
      const own = key('own key', { links: [to('authenticates', 'identity', 'deploy')] });
      const cloud = [
        role('deploy', 'repo:Acme/site:ref:refs/heads/main', 'repo:acme/app'),
        role('any', 'repo:acme/*'),
        grant,
        own,
      ];
      await scan(store, cloud, 1, { source: 'cloud' });
      const site = { ...place('site', 'repository'), knownAs: ['github-repository:acme/site'] } as AnyRecord;
      await scan(store, [site, flow('release', [to('contained-in', 'container', 'site')])], 1, { source: 'code' });
      const from = async (walk: Walk, source: string, kind: Kind, id: string) =>
        (await store.records.neighbours({ source, kind, id }, walk, 5)).map(({ record }) => record.id).toSorted();
      expect(await from(breaksWithIt, 'cloud', 'identity', 'deploy')).toEqual(['grant', 'own key', 'site']);
      expect(await from(breaksWithIt, 'cloud', 'credential', 'own key')).toEqual(['deploy']);
      expect(await from(breaksWithIt, 'code', 'container', 'site')).toEqual(['release']);
      expect(await from(withinReach, 'code', 'workflow', 'release')).toEqual(['deploy', 'grant', 'site']);
      expect(await from(withinReach, 'code', 'container', 'site')).toEqual(['deploy', 'grant']);
      await scan(store, [role('deploy', 'repo:acme/app'), grant, own], 2, { source: 'cloud' });
      expect(await from(withinReach, 'code', 'container', 'site')).toEqual([]);
    });

    test('goes from who sends to an address to who answers there, in any source, and back', async () => {
      const sending = (id: string, calls: readonly string[], links: readonly Link[] = []) =>
        ({ ...address(id, 'outbound', links), calls }) as AnyRecord;
      const answering = (id: string, ...links: readonly Link[]): AnyRecord => ({
        ...address(id, 'inbound', links),
        knownAs: ['address:1'],
      });
      const started = to('contained-in', 'workflow', 'archive contracts');
      const flows = [
        flow('archive contracts', [to('uses', 'connection', 'drive')]),
        answering('hook', started),
        address('other hook', 'inbound', [started]),
        connector('drive'),
        key('hook key', { links: [to('authenticates', 'endpoint', 'hook')] }),
      ];
      await scan(store, flows, 1, { source: 'flows' });
      await scan(store, [answering('copy of hook', to('contained-in', 'workflow', 'copy')), flow('copy', [])], 1, {
        source: 'backup',
      });
      const events = [sending('contract signed', ['address:1', 'address:2']), sending('elsewhere', ['address:2'])];
      await scan(
        store,
        [...events, key('signing key', { links: [to('authenticates', 'endpoint', 'contract signed')] })],
        1,
        {
          source: 'signing',
        },
      );
      const caller = sending('nightly call', ['address:1'], [to('contained-in', 'workflow', 'nightly')]);
      await scan(store, [flow('nightly', []), caller], 1, { source: 'other flows' });
      const from = async (walk: Walk, source: string, kind: Kind, id: string) =>
        (await store.records.neighbours({ source, kind, id }, walk, 5)).map(({ record }) => record.id).toSorted();

      const answers = ['archive contracts', 'copy', 'copy of hook', 'hook'];
      expect(await from(breaksWithIt, 'signing', 'endpoint', 'contract signed')).toEqual(answers);
      expect(await from(breaksWithIt, 'signing', 'credential', 'signing key')).toEqual(
        [...answers, 'contract signed'].toSorted(),
      );
      const callers = ['contract signed', 'hook', 'nightly', 'nightly call', 'other hook'];
      expect(await from(breaksWithIt, 'flows', 'workflow', 'archive contracts')).toEqual(callers);
      expect(await from(withinReach, 'other flows', 'workflow', 'nightly')).toEqual(
        [...answers, 'nightly call'].toSorted(),
      );

      await scan(store, [sending('contract signed', ['address:3']), sending('elsewhere', ['address:2'])], 2, {
        source: 'signing',
      });
      expect(await from(breaksWithIt, 'signing', 'endpoint', 'contract signed')).toEqual([]);
    });

    test.each<[Kind, string, readonly string[]]>([
      [
        'workflow',
        'approval',
        ['archive', 'bank', 'bank key', 'bank.example', 'grant', 'key 1', 'key 2', 'mail', 'robot'],
      ],
      ['credential', 'key 1', ['grant', 'mail', 'robot']],
      ['identity', 'robot', ['grant', 'key 1', 'key 2', 'mail']],
      ['credential', 'bank key', ['bank']],
      ['workflow', 'build', ['environment secret', 'live']],
      // Who may call starts the workflow, and gets none of what it uses.
      ['endpoint', 'form', ['approval', 'form key']],
    ])('what the %s "%s" can get at', async (kind, id, expected) => {
      expect(await met(withinReach, kind, id)).toEqual(expected);
    });
  });
}
