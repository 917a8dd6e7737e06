import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scannedAcme } from '../helpers/acme.ts';
import { rollcall } from '../helpers/run-cli.ts';

const acme = scannedAcme();

describe('check, the promotion gate', () => {
  const flow = 'acme/exports/finance/n8n/invoice-approval.json';

  test('is shut for a build with a literal secret and an open trigger, and says what to do', async () => {
    const { code, out } = await rollcall(acme.folder(), ['check', flow]);
    expect(code).toBe(1);
    expect(out).toContain('✗ no       No literal secret');
    expect(out).toContain('Look up supplier');
    expect(out).toContain('Must not go live yet.');
  });

  test('opens for a clean build; strict policy asks for every answer', async () => {
    const clean = join(acme.folder(), 'clean.json');
    writeFileSync(
      clean,
      JSON.stringify({
        id: 'w',
        name: 'Nightly report',
        active: true,
        settings: { saveDataSuccessExecution: 'all', saveDataErrorExecution: 'all' },
        shared: [{ role: 'workflow:owner', project: { name: 'Priya Nair <priya.nair@acme.example>' } }],
        nodes: [{ id: '1', name: 'Nightly', type: 'n8n-nodes-base.scheduleTrigger', parameters: {} }],
        connections: {},
      }),
    );
    const open = await rollcall(acme.folder(), ['check', clean, '--people', 'acme/people.csv']);
    expect([open.code, open.out]).toEqual([0, expect.stringContaining('May go live.') as string]);
    expect(open.out).toContain('✓ yes      Identity known');
    const unclear = open.out.split('\n').filter((line) => line.startsWith('? unclear')).length;
    expect(unclear).toBeGreaterThan(0);
    expect(open.out).toContain(`Unclear: ${unclear} of 7 questions. This policy lets that pass`);
    const configured = await rollcall(acme.folder(), ['check', clean, '--config', 'acme/rollcall.yaml']);
    expect(configured.out).toContain('✓ yes      Identity known');
    const members = join(acme.folder(), 'members.csv');
    // No list that is known for one of people by its headings: it is named, and that counts.
    writeFileSync(
      members,
      'username,email,status,has-2fa,fullname\npriya,priya.nair@acme.example,Deactivated,0,Priya Nair\n',
    );
    const left = await rollcall(acme.folder(), ['check', clean, '--people', 'members.csv']);
    expect(left.out).not.toContain('✓ yes      Identity known');
    const strict = await rollcall(acme.folder(), ['check', clean, '--people', 'acme/people.csv', '--policy', 'strict']);
    expect(strict.code).toBe(1);
  });

  test('does not say yes to a question whose checks the policy has disabled', async () => {
    const lax = join(acme.folder(), 'lax.yaml');
    writeFileSync(lax, 'id: lax\ntitle: Lax\nversion: 1\nextends: baseline\nchecks: { disabled: [WFL-03] }\n');
    const { out } = await rollcall(acme.folder(), ['check', flow, '--policy', lax, '--format', 'json']);
    const { answers } = JSON.parse(out) as { answers: { question: string }[] };
    expect(answers.find(({ question }) => question === 'logging')).toMatchObject({
      answer: 'unknown',
      because: ['the policy has it disabled'],
    });
  });

  test('asks of what is switched off today how it will be when it runs, and where', async () => {
    const draft = join(acme.folder(), 'draft.json');
    const hook = { id: '1', name: 'Hook', type: 'n8n-nodes-base.webhook', parameters: { authentication: 'none' } };
    writeFileSync(draft, JSON.stringify({ id: 'w', name: 'Intake', active: false, nodes: [hook], connections: {} }));
    const severities = async (...args: string[]): Promise<Record<string, string>> => {
      const { code, out } = await rollcall(acme.folder(), ['check', draft, '--format', 'json', ...args]);
      expect(code).toBe(1);
      const { answers } = JSON.parse(out) as {
        answers: { question: string; answer: string; findings: { check: string; severity: string }[] }[];
      };
      expect(answers.filter(({ answer }) => answer === 'fail').map(({ question }) => question)).toEqual([
        'identity',
        'exposure',
      ]);
      // All of it was read, and there is no secret in it.
      expect(answers.find(({ question }) => question === 'secrets')).toMatchObject({ answer: 'pass', because: [] });
      return Object.fromEntries(answers.flatMap(({ findings }) => findings.map((each) => [each.check, each.severity])));
    };
    expect(await severities()).toMatchObject({ 'OWN-01': 'high', 'AUT-02': 'critical' });
    expect(await severities('--environment', 'test')).toMatchObject({ 'OWN-01': 'medium', 'AUT-02': 'high' });
  });

  test.each([
    ['cut short', '{"id":"w","nodes":[{"id":"1","type":"n8n-nodes-base.code","par', 'unread'],
    ['of no known format', 'Dear all, the approval flow is attached.', 'unrecognised'],
  ])('stays shut for a file that is %s: unknown is never pass', async (_, content, verdict) => {
    const unseen = join(acme.folder(), verdict === 'unread' ? 'cut.json' : 'letter.txt');
    writeFileSync(unseen, content);
    const { code, out } = await rollcall(acme.folder(), ['check', unseen, '--people', 'acme/people.csv']);
    expect([code, out]).toEqual([3, expect.stringContaining('Cannot say: ') as string]);
    expect(out).not.toContain('May go live');
    const answered = JSON.parse((await rollcall(acme.folder(), ['check', unseen, '--format', 'json'])).out) as object;
    expect(answered).toMatchObject({ pass: false, verdict });
  });

  test('answers in JSON and SARIF, and leaves nothing behind', async () => {
    const answered = JSON.parse((await rollcall(acme.folder(), ['check', flow, '--format', 'json'])).out) as {
      pass: boolean;
      answers: { question: string; answer: string }[];
    };
    expect(answered.pass).toBe(false);
    expect(answered.answers.find(({ question }) => question === 'secrets')?.answer).toBe('fail');
    const sarif = JSON.parse((await rollcall(acme.folder(), ['check', flow, '--format', 'sarif'])).out) as {
      version: string;
      runs: { results: unknown[] }[];
    };
    expect(sarif.version).toBe('2.1.0');
    expect(sarif.runs[0]?.results.length).toBeGreaterThan(0);
  });
});
