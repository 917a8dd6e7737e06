import { createHmac } from 'node:crypto';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { layOut } from '../../examples/acme/lay-out.ts';
import { checks } from '../../scanners/checks/index.ts';
import { createEngine } from '../../scanners/secrets/engine.ts';
import { seeded } from '../../scanners/secrets/samples.ts';
import { loadPolicy } from '../../src/config/policy.ts';
import { wording } from '../../src/publish/notify/wording.ts';
import { byteSearch } from '../helpers/byte-search.ts';
import { layOutCanaries } from '../helpers/canary-organisation.ts';
import { nursery } from '../helpers/canaries.ts';
import { hookServer, type HookServer, type Knock } from '../helpers/hook-server.ts';
import { mailServer, type MailServer } from '../helpers/mail-server.ts';
import { rollcall } from '../helpers/run-cli.ts';

const EXAMPLE = join(import.meta.dirname, '..', '..', 'examples', 'acme');
const NOW = Date.UTC(2026, 10, 21);
const key = seeded(11).alnum(32);
let home: string;
const open: (HookServer | MailServer)[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'rollcall-notify-'));
  layOut(EXAMPLE, home, 7);
  writeFileSync(join(home, 'key'), `whsec_${Buffer.from(key).toString('base64')}\n`);
});
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
  rmSync(home, { recursive: true, force: true });
});

async function opened<T extends HookServer | MailServer>(server: Promise<T>): Promise<T> {
  const ready = await server;
  open.push(ready);
  return ready;
}

function tellBy(channels: string): void {
  appendFileSync(join(home, 'rollcall.yaml'), `\nnotify:\n${channels}`);
}

function webhook(url: string, more = ''): string {
  return `  - { id: siem, type: webhook, url: '${url}', secret: 'file:${join(home, 'key')}', minSeverity: low${more} }\n`;
}

function mail(port: number, more = '', smtp = ', encryption: none'): string {
  return `  - { id: mail, type: email, from: rollcall@acme.example, addresses: [security@acme.example], minSeverity: low${more}, smtp: { host: 127.0.0.1, port: ${port}${smtp} } }\n`;
}

/** As a receiver checks it, with nothing of this program. */
function isGenuine({ headers, body }: Knock): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = headers;
  const expected = createHmac('sha256', Buffer.from(key)).update([id, at, body].join('.')).digest('base64');
  return signature === `v1,${expected}` && Number(at) === NOW / 1_000;
}

describe('a webhook', () => {
  test('gets one signed message; after a failure the same again, and then no more', async () => {
    const hook = await opened(hookServer({ status: 500 }));
    tellBy(webhook(`${hook.origin}/rollcall`));
    const { code, err } = await rollcall(home, ['scan', '--notify', '--quiet']);
    expect([code, err]).toEqual([1, '']);
    expect(hook.knocks).toHaveLength(2);
    for (const knock of hook.knocks) {
      expect([knock.method, knock.path, knock.headers['content-type']]).toEqual([
        'POST',
        '/rollcall',
        'application/json',
      ]);
      expect(isGenuine(knock)).toBe(true);
    }
    const [first, second] = hook.knocks;
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(second?.body).toBe(first?.body);
    const { type, data } = JSON.parse(first?.body ?? '') as {
      type: string;
      data: { id: string; counts: { new: number } };
    };
    expect([type, data.id]).toEqual(['rollcall.digest', first?.headers['webhook-id']]);
    expect(data.counts.new).toBeGreaterThan(10);
    await rollcall(home, ['scan', '--notify', '--quiet']);
    expect((await rollcall(home, ['notify'])).code).toBe(0);
    expect(hook.knocks).toHaveLength(2);
  });

  test('that refuses is not asked again; the scan is none the worse, and the next one tells', async () => {
    const hook = await opened(hookServer({ status: 404 }));
    tellBy(webhook(`${hook.origin}/gone`));
    const { code, err } = await rollcall(home, ['scan', '--notify', '--quiet']);
    expect(code).toBe(1);
    expect(hook.knocks).toHaveLength(1);
    expect(err).toBe(
      'warning: channel siem: not told, because nobody receives at that address (404): make a new one; the next scan tries again\n',
    );
    expect((await rollcall(home, ['notify'])).code).toBe(0);
    expect(hook.knocks).toHaveLength(2);
    expect(hook.knocks[1]?.headers['webhook-id']).toBe(hook.knocks[0]?.headers['webhook-id']);
  });

  test('that has moved is not followed', async () => {
    const there = await opened(hookServer());
    const here = await opened(hookServer({ status: 307, headers: { location: there.origin } }));
    tellBy(webhook(here.origin));
    expect((await rollcall(home, ['scan', '--notify', '--quiet'])).err).toContain('somewhere else (307)');
    expect([here.knocks.length, there.knocks.length]).toEqual([1, 0]);
  });

  test('elsewhere is reached through the proxy of the environment, this machine is not', async () => {
    const asked: string[] = [];
    const proxy = createServer((socket) => {
      socket
        .on('error', () => {})
        .on('data', (text) => {
          asked.push(String(text).split('\r\n')[0] ?? '');
          socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
        });
    });
    await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
    const { port } = proxy.address() as { port: number };
    const before = { ...process.env };
    Object.assign(process.env, {
      HTTPS_PROXY: `http://127.0.0.1:${port}`,
      HTTP_PROXY: `http://127.0.0.1:${port}`,
      NO_PROXY: '',
    });
    try {
      const hook = await opened(hookServer());
      tellBy(webhook('https://siem.acme.example/x') + webhook(hook.origin).replace('siem', 'near'));
      expect((await rollcall(home, ['scan', '--quiet'])).code).toBe(1);
      expect((await rollcall(home, ['notify', '--test', 'near'])).code).toBe(0);
      expect([hook.knocks.length, asked]).toEqual([1, []]);
      const { code, err } = await rollcall(home, ['notify', '--test', 'siem']);
      expect(code).toBe(2);
      expect(err).toContain('rollcall: channel siem: the receiver cannot be reached');
      expect(new Set(asked)).toEqual(new Set(['CONNECT siem.acme.example:443 HTTP/1.1']));
    } finally {
      process.env = before;
      proxy.close();
    }
  });
});

describe('Slack', () => {
  test('gets blocks at an address that nobody else sees', async () => {
    const hook = await opened(hookServer({ status: 400 }));
    const path = `/services/${seeded(5).alnum(9)}/${seeded(6).alnum(24)}`;
    writeFileSync(join(home, 'slack'), `${hook.origin}${path}\n`);
    tellBy(`  - { id: team, type: slack, url: 'file:${join(home, 'slack')}' }\n`);
    const scanned = await rollcall(home, ['--debug', 'scan', '--notify']);
    expect(scanned.err).toContain('channel team: not told, because the receiver does not take the message (400)');
    const dry = await rollcall(home, ['notify', '--dry-run']);
    expect(dry.out).toMatch(/^team \(slack\) to channel\n {2}Rollcall: \d+ new/);
    expect(hook.knocks).toHaveLength(1);
    const told = await rollcall(home, ['notify']);
    expect(hook.knocks.map((knock) => knock.path)).toEqual([path, path]);
    const { blocks } = JSON.parse(hook.knocks[1]?.body ?? '') as { blocks: { type: string }[] };
    expect(blocks.map(({ type }) => type).join(' ')).toMatch(/^header section section( section){5} context context$/);
    for (const { out, err } of [scanned, dry, told]) expect(out + err).not.toContain(path.slice(-24));
    expect((await rollcall(home, ['notify', '--dry-run'])).out).toBe('Nothing to tell.\n');
  });
});

describe('e-mail', () => {
  test('that some of a channel do not get is said, and not sent to the others again', async () => {
    const post = await opened(mailServer({ refuse: (address) => address.startsWith('gone@') }));
    tellBy(mail(post.port).replace('[security@', '[gone@acme.example, security@'));
    const { err } = await rollcall(home, ['scan', '--notify', '--quiet']);
    const because = 'the mail server refuses 1 of its 2 addresses (550)';
    expect(err).toContain(`warning: channel mail: not everybody was told, because ${because}; the others were\n`);
    expect((await rollcall(home, ['notify'])).err).not.toContain('channel mail');
    expect(post.received.map(({ to }) => to)).toEqual([['security@acme.example']]);
    expect((await rollcall(home, ['notify', '--test', 'mail'])).err).toContain(because);
  });

  test('goes to each owner and, for what has none, to the channel', async () => {
    const refused = new Set<string>();
    // The first owner who comes along has no mailbox.
    const post = await opened(
      mailServer({
        refuse: (address) => {
          if (refused.size === 0 && !address.startsWith('security@')) refused.add(address);
          return refused.has(address);
        },
      }),
    );
    writeFileSync(join(home, 'word'), 'not a password\n');
    tellBy(
      mail(post.port, ', to: owner', `, encryption: none, user: rollcall, password: 'file:${join(home, 'word')}'`),
    );
    const { err } = await rollcall(home, ['scan', '--notify', '--quiet']);
    expect(post.login()).toBe('rollcall:not a password');
    const recipients = post.received.flatMap(({ to }) => to);
    expect(recipients).toContain('security@acme.example');
    expect(recipients.filter((address) => address !== 'security@acme.example').length).toBeGreaterThan(0);
    expect(new Set(recipients).size).toBe(recipients.length);
    for (const { from, raw } of post.received) {
      expect(from).toBe('rollcall@acme.example');
      for (const part of [
        'Auto-Submitted: auto-generated',
        'Content-Type: text/plain',
        'Content-Type: text/html',
        'Subject: Rollcall: ',
      ]) {
        expect(raw).toContain(part);
      }
      expect(raw).toMatch(/^Message-ID: <[\w-]{22}@acme\.example>$/im);
    }
    expect(err).toBe(
      'warning: channel mail: not told, because the mail server refuses sender or recipient (EENVELOPE, 550); the next scan tries again\n',
    );
    const [late = ''] = refused;
    expect(recipients).not.toContain(late);
    const before = post.received.length;
    await rollcall(home, ['scan', '--notify', '--quiet']);
    expect(post.received.length).toBe(before);
    refused.clear();
    refused.add('nobody');
    await rollcall(home, ['notify']);
    expect(post.received.slice(before).map(({ to }) => to)).toEqual([[late]]);
  });

  test('does not leave unencrypted unless it is said, and does not knock for everybody at a shut door', async () => {
    const post = await opened(mailServer());
    tellBy(mail(post.port, ', to: owner', ''));
    const { err } = await rollcall(home, ['scan', '--notify', '--quiet']);
    expect(post.received).toEqual([]);
    expect(err).toBe(
      'warning: channel mail: not told, because the mail server offers no encryption that can be trusted (ETLS); the next scan tries again\n',
    );
    await post.close();
    const shut = await rollcall(home, ['notify']);
    expect(shut.code).toBe(2);
    expect(shut.err).toBe(
      'warning: channel mail: not told, because the mail server cannot be reached (ESOCKET); check host, port and encryption; the next scan tries again\n',
    );
  });
});

describe('the configuration', () => {
  test.each([
    [
      "  - { id: team, type: slack, url: 'https://hooks.slack.com/services/x' }\n",
      'notify.0.url: a secret is given by reference',
    ],
    ['  - { id: team, type: pigeon }\n', 'notify.0.type: '],
    ["  - { id: a, type: slack, url: 'env:X', colour: red }\n", 'notify.0.colour: no such key'],
    [
      "  - { id: a, type: slack, url: 'env:X' }\n  - { id: a, type: slack, url: 'env:X' }\n",
      'notify.1.id: another channel has this id',
    ],
  ])('%s is refused with its place', async (channels, because) => {
    tellBy(channels);
    const { code, err } = await rollcall(home, ['scan']);
    expect(code).toBe(2);
    expect(err).toMatch(/^rollcall: \S*rollcall\.yaml:\d+:\d+ /);
    expect(err).toContain(because);
    expect(err).not.toContain('hooks.slack.com');
  });

  test('without a channel there is nobody to tell, and that is said first', async () => {
    for (const command of [['scan', '--notify'], ['notify'], ['notify', '--dry-run']]) {
      const { code, err } = await rollcall(home, [...command, '--db', ':memory:']);
      expect([code, err]).toEqual([2, 'rollcall: no channel is configured; add one under notify: in rollcall.yaml\n']);
    }
  });

  test('sends nothing where it is asked to send nothing and something', async () => {
    tellBy("  - { id: team, type: slack, url: 'env:ROLLCALL_NO_SUCH_VARIABLE' }\n");
    const { code, err } = await rollcall(home, ['notify', '--test', 'team', '--dry-run', '--db', ':memory:']);
    expect([code, err]).toEqual([
      2,
      'rollcall: --dry-run sends nothing, and --test sends a message: say one of them\n',
    ]);
  });

  test('with a secret that is not there says which, at the time of sending', async () => {
    tellBy("  - { id: team, type: slack, url: 'env:ROLLCALL_NO_SUCH_VARIABLE' }\n");
    expect((await rollcall(home, ['scan', '--notify', '--quiet'])).err).toContain(
      'env:ROLLCALL_NO_SUCH_VARIABLE is empty or not set',
    );
    expect((await rollcall(home, ['notify', '--test', 'team'])).code).toBe(2);
  });
});

test('no secret of an organisation full of them reaches anybody, nor a mask of one', async () => {
  const sown = nursery(20_261_122);
  const exports = join(home, 'canaries');
  mkdirSync(exports);
  layOutCanaries(exports, sown);
  const [hook, post] = [await opened(hookServer()), await opened(mailServer())];
  writeFileSync(join(home, 'slack'), `${hook.origin}/slack`);
  tellBy(
    `${webhook(hook.origin)}${mail(post.port, ', to: owner')}  - { id: team, type: slack, url: 'file:${join(home, 'slack')}', minSeverity: info }\n`,
  );
  const scanned = await rollcall(home, ['--debug', 'scan', 'canaries', '--notify']);
  expect([hook.knocks.length, post.received.length > 0]).toEqual([2, true]);
  const unfolded = post.received.map(({ raw }) => raw.replaceAll('=\r\n', ''));
  const named = await itemsOfAll(join(home, 'rollcall.db'));
  expect(named.length).toBeGreaterThan(1_000);
  const everything = [scanned.out, scanned.err, ...named, ...hook.knocks.map(({ body }) => body), ...unfolded].join(
    '\n',
  );
  expect([...byteSearch(sown.planted, sown.open).in(Buffer.from(everything))]).toEqual([]);
  const told = [...named, ...hook.knocks.map(({ body }) => body), ...unfolded];
  expect(told.filter((text) => /•{2}|=E2=80=A2=E2=80=A2/.test(text))).toEqual([]);
});

/** What would be said of every finding, not of the worst alone. */
async function itemsOfAll(file: string): Promise<string[]> {
  const store = await openStore({ file });
  const { item } = wording(createEngine().redact, new Map(checks.map((check) => [check.id, check])));
  const policy = loadPolicy('baseline');
  const items: string[] = [];
  for await (const page of store.findings.list({})) {
    for (const finding of page)
      items.push(JSON.stringify(item({ what: 'new', keys: [finding.id], since: 0, finding }, policy)));
  }
  await store.close();
  return items;
}
