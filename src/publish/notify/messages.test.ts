import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { seeded } from '../../../scanners/secrets/samples.ts';
import { aChannel, aDigest, MONDAY, office } from '../../../test/helpers/notify.ts';
import { hostile } from '../../../test/helpers/report-hostile.ts';
import type { Digest } from './message.ts';
import { emailParts } from './email.ts';
import { mrkdwn, slackMessage } from './slack.ts';
import { signed, webhookBody } from './webhook.ts';
import { wording } from './wording.ts';

interface Block {
  type: string;
  text?: { type: string; text: string; verbatim?: boolean };
  elements?: { type: string; text: string; verbatim?: boolean }[];
}

function blocksOf(digest: Digest): Block[] {
  return (slackMessage(digest) as { blocks: Block[] }).blocks;
}

describe('a message to Slack', () => {
  test('says what is new, what to do and where the rest is', () => {
    const shown = blocksOf(aDigest({ report: 'https://wiki.acme.example/rollcall.html', last: MONDAY }))
      .flatMap(({ text, elements }) => [text?.text, ...(elements ?? []).map((one) => one.text)])
      .filter((text) => text !== undefined);
    expect(shown).toEqual([
      'Rollcall: 14 new, 1 overdue, 1 blind',
      'This has changed in the register since the last message.',
      '*New: 14*',
      '*HIGH* Anybody can start it\nSend invoice · n8n:finance · due 2026-12-23 · `F-1`\nAsk callers to prove who they are.',
      'and 13 more',
      '*Past the deadline: 1*',
      '*HIGH* Anybody can start it\nSend invoice · n8n:finance · was due 2026-11-22 · `F-1`\nAsk callers to prove who they are.',
      '*Could not be read: 1*',
      'users: failed (permission)\nn8n:x\nGrant user:list.',
      'All of them: rollcall findings. One with its evidence: rollcall show ID.',
      '<https://wiki.acme.example/rollcall.html|The whole report>',
    ]);
  });

  test('does not speak of a last message in the first', () => {
    expect(blocksOf(aDigest())[1]?.text?.text).toBe(
      'This has changed in the register since Rollcall began to tell this channel.',
    );
  });

  test('keeps within what Slack takes, whatever it says', () => {
    const item = { fact: 'x', title: '&'.repeat(150), where: '<'.repeat(120), todo: '>'.repeat(240), finding: 'F-1' };
    const sections = (['new', 'worse', 'overdue', 'blind'] as const).map((what) => ({
      what,
      total: 1e9,
      items: Array.from({ length: 5 }, () => item),
    }));
    const blocks = blocksOf(aDigest({ sections }));
    expect(blocks.length).toBeLessThanOrEqual(50);
    for (const { type, text, elements = [] } of blocks) {
      for (const one of [...(text ? [text] : []), ...elements]) {
        expect(one.text.length).toBeLessThanOrEqual(type === 'header' ? 150 : 3_000);
        expect(one.verbatim).toBe(type === 'header' ? undefined : true);
      }
    }
  });

  test.each([
    [
      '<!channel> <@U1> <https://evil.example|click>',
      '&lt;!channel&gt; &lt;@U1&gt; &lt;https://evil.example|click&gt;',
    ],
    ['&lt;!here&gt;', '&amp;lt;!here&amp;gt;'],
    ['*bold* ~gone~ `code` _slanted_', '∗bold∗ ∼gone∼ ˋcodeˋ ˍslantedˍ'],
    ['my_flow_name at 12:30', 'my_flow_name at 12:30'],
    [':skull: and :+1:', '∶skull: and ∶+1:'],
  ])('shows %s as it is', (text, shown) => {
    expect(mrkdwn(text)).toBe(shown);
  });
});

describe('a message to a webhook', () => {
  test('is one object of a known shape', () => {
    expect(JSON.parse(webhookBody(aDigest()))).toEqual({
      type: 'rollcall.digest',
      timestamp: '2026-11-23T06:00:00Z',
      data: {
        id: 'digest-1',
        channel: 'team',
        counts: { new: 14, overdue: 1, blind: 1 },
        items: [
          expect.objectContaining({
            what: 'new',
            fact: 'new/F-1',
            finding: 'F-1',
            severity: 'high',
            since: '2026-11-22T06:00:00Z',
            due: '2026-12-23T06:00:00Z',
          }),
          expect.objectContaining({ what: 'overdue', fact: 'overdue/F-1' }),
          {
            what: 'blind',
            fact: 'blind/n8n:x/users',
            title: 'users: failed (permission)',
            where: 'n8n:x',
            todo: 'Grant user:list.',
          },
        ],
        more: { new: 13 },
        next: expect.stringContaining('rollcall findings'),
      },
    });
    expect(JSON.parse(webhookBody(aDigest({ sections: [] })))).toMatchObject({ type: 'rollcall.test' });
  });

  test('is signed over id, time and body with the bytes of the key', () => {
    const encoded = Buffer.from(seeded(7).alnum(32)).toString('base64');
    const headers = signed('id-1', '{"a":1}', `whsec_${encoded}\n`, 1_700_000_000_999);
    const expected = createHmac('sha256', Buffer.from(encoded, 'base64'))
      .update('id-1.1700000000.{"a":1}')
      .digest('base64');
    expect(headers).toEqual({
      'webhook-id': 'id-1',
      'webhook-timestamp': '1700000000',
      'webhook-signature': `v1,${expected}`,
    });
  });

  test.each([
    ['without its mark', Buffer.alloc(32, 1).toString('base64')],
    ['too short', `whsec_${Buffer.alloc(23, 1).toString('base64')}`],
    ['too long', `whsec_${Buffer.alloc(65, 1).toString('base64')}`],
    ['no base64', `whsec_${'-'.repeat(40)}`],
  ])('is not signed with a key %s, which is not quoted', (_what, key) => {
    expect(() => signed('id', '{}', key, MONDAY)).toThrow('24 to 64 bytes');
    expect(() => signed('id', '{}', key, MONDAY)).not.toThrow(key.slice(6));
  });
});

describe('an e-mail', () => {
  test('says the same as text and as HTML', () => {
    const { subject, text, html } = emailParts(
      aDigest({ recipient: 'olga@acme.example', report: 'https://wiki.acme.example/r' }),
    );
    expect(subject).toBe('Rollcall: 14 new, 1 overdue, 1 blind');
    expect(text).toContain('You answer for what follows.');
    expect(text).toContain(
      'New: 14\n- HIGH Anybody can start it\n  Send invoice · n8n:finance · due 2026-12-23 · F-1\n  Ask callers',
    );
    expect(text).toContain('rollcall findings --owner olga@acme.example');
    for (const part of ['New: 14', 'Anybody can start it', 'and 13 more', 'was due 2026-11-22']) {
      expect(text).toContain(part);
      expect(html).toContain(part);
    }
    expect(html).toContain('<a href="https://wiki.acme.example/r"');
    expect(html).not.toMatch(/<(?:img|script|link|iframe)/);
  });

  test('names a command that a shell takes for nothing else, whatever the address', () => {
    const { text } = emailParts(aDigest({ recipient: "o'hara`id`@acme.example" }));
    expect(text).toContain("All of them: rollcall findings --owner 'o'\\''hara`id`@acme.example'. One with");
  });
});

describe('text from outside', () => {
  test.each(hostile)('%j does nothing in any message', async (word) => {
    const here = await office([aChannel()]);
    const subject = { source: `n8n:${word}`, kind: 'workflow' as const, id: 'x', name: word };
    const coverage = [
      { source: 'n8n:x', stream: 'users', outcome: 'failed' as const, detail: word, items: 0, quarantined: 0 },
    ];
    await here.scan(MONDAY, { findings: { x: { severity: 'high', title: word, subject } }, coverage });
    await here.close();
    const [digest] = here.sent as [Digest];
    const { text, html } = emailParts(digest);
    const inert = /[\p{Cc}\p{Cf}]/u;
    for (const line of text.split('\n')) expect(line).not.toMatch(inert);
    expect(html).not.toMatch(/<(?:script|img|svg|!--)|javascript:[^<]*"/);
    const slack = blocksOf(digest).flatMap(({ text: one, elements = [] }) =>
      [one, ...elements].map((each) => each?.text ?? ''),
    );
    for (const shown of slack) {
      expect(shown).not.toMatch(/[<>]/);
      expect(shown.replaceAll('\n', '')).not.toMatch(inert);
    }
    for (const { title, where } of digest.sections.flatMap(({ items }) => items))
      expect(title + where).not.toMatch(/:\/\/[^/]+\/[^…]/);
  });

  test('loses masks, passwords in addresses, and paths that are keys', () => {
    const { item } = wording((text) => text, new Map());
    const outage = { source: 's', streams: ['x'], outcome: 'failed' as const };
    const told = (detail: string): string =>
      item({ what: 'blind', keys: ['k'], since: 0, outage: { ...outage, detail } }, {} as never).todo;
    expect(told('posts to https://hooks.acme.example/T0/B0/key?x=1 now')).toBe(
      'posts to https://hooks.acme.example/… now',
    );
    expect(told('reads postgres://me:word@db.acme.example:5432/x')).toBe('reads postgres://db.acme.example:5432/…');
    expect(told('the key AKIA••••WXYZ is old')).toBe('the key (secret) is old');
  });
});
