import { expect, test } from 'vitest';
import { aChannel, aDigest, MONDAY, ownersByMail } from '../../../test/helpers/notify.ts';
import { SourceError } from '../../core/errors.ts';
import { Secret } from '../../core/secret.ts';
import { deliverer } from './deliver.ts';
import type { Mail } from './mail.ts';

const key = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;

/** Delivers with secrets that are kept at these places; tells where messages went. */
function withSecrets(places: { [place: string]: string }) {
  const posted: string[] = [];
  const mailed: Mail[] = [];
  const deliver = deliverer({
    clock: () => MONDAY,
    wait: async () => {},
    stopped: () => false,
    random: () => 0,
    request: async (url) => {
      posted.push(url);
      return { status: 200, headers: new Headers() };
    },
    sendMail: async (_channel, _password, mail) => {
      mailed.push(mail);
      return { done: true };
    },
    readSecret: async ({ scheme, place }) => {
      const value = places[place];
      if (value === undefined) throw new SourceError('config', `${scheme}:${place} is empty or not set`);
      return new Secret(value);
    },
  });
  return { deliver, posted, mailed };
}

test('an address is read from its place when it is needed', async () => {
  const { deliver, posted } = withSecrets({ SLACK: 'https://hooks.acme.example/a/b?c=d\n', KEY: key });
  expect(await deliver(aChannel(), aDigest())).toEqual({ done: true });
  const siem = aChannel({ type: 'webhook', url: 'https://siem.acme.example/', secret: 'env:KEY' });
  expect(await deliver(siem, aDigest())).toEqual({ done: true });
  expect(posted).toEqual(['https://hooks.acme.example/a/b?c=d', 'https://siem.acme.example/']);
});

test.each(['http://hooks.acme.example/', 'https://user:word@hooks.acme.example/', 'hooks.acme.example'])(
  'nothing is sent to %s, and it is not quoted',
  async (address) => {
    const { deliver, posted } = withSecrets({ SLACK: address });
    const sent = await deliver(aChannel(), aDigest());
    expect(sent).toMatchObject({ done: false, because: expect.stringMatching(/^the address /) as string });
    expect(JSON.stringify(sent)).not.toContain('acme');
    expect(posted).toEqual([]);
  },
);

test('a secret that is not there is named by its place; a fault by nothing but its kind', async () => {
  const { deliver } = withSecrets({});
  expect(await deliver(aChannel(), aDigest())).toEqual({ done: false, because: 'env:SLACK is empty or not set' });
  const broken = aDigest({ sections: [{ what: 'new', total: 1, items: undefined as never }] });
  const { deliver: other } = withSecrets({ SLACK: 'https://hooks.acme.example/' });
  expect(await other(aChannel(), broken)).toEqual({
    done: false,
    because: 'of a fault in this program (TypeError)',
  });
});

test('mail goes to the channel’s addresses, or to the one recipient', async () => {
  const { deliver, mailed } = withSecrets({});
  await deliver(ownersByMail(), aDigest());
  await deliver(ownersByMail(), aDigest({ recipient: 'olga@acme.example' }));
  expect(mailed.map(({ id, to }) => [id, ...to])).toEqual([
    ['digest-1', 'security@acme.example'],
    ['digest-1', 'olga@acme.example'],
  ]);
});
