import { describe, expect, test } from 'vitest';
import { fakeEngine } from '../../test/helpers/fake-engine.ts';
import { createEngine } from '../../scanners/secrets/engine.ts';
import { jwt, seeded } from '../../scanners/secrets/samples.ts';
import { blotter, redactor } from './redactor.ts';
import { processorTime } from '../../test/helpers/processor-time.ts';

const random = seeded(5);
const secret = `SG.${random.alnum(12)}_${random.alnum(9)}-x.${random.alnum(20)}`;
const clean = redactor(fakeEngine, [secret], blotter([secret]));

describe('a text that may be kept', () => {
  test('holds no found secret, whole or in the spelling of JSON', () => {
    const lines = `line one ${random.alnum(8)}\nline two ${random.alnum(8)}`;
    const both = redactor(fakeEngine, [lines], blotter([lines]));
    for (const text of [lines, JSON.stringify(lines)]) expect(both(`x ${text} y`)).not.toMatch(/line (?:one|two)/);
    expect(clean(`Send ${secret} on`)).toBe(`Send SG.••••${secret.slice(-4)} on`);
  });

  test('holds no piece of one, however a format has cut or spelled it', () => {
    const middle = secret.slice(3, 15);
    for (const piece of [middle, middle.toUpperCase(), secret.slice(3, 25).replaceAll('_', ' '), secret.slice(0, 24)]) {
      const kept = clean(`node ${piece}! end`).toLowerCase();
      expect(kept).toMatch(/^node .*••••.*! end$/);
      for (let at = 0; at + 9 <= middle.length; at++)
        expect(kept).not.toContain(middle.slice(at, at + 9).toLowerCase());
    }
  });

  test('holds nothing of a secret that begins like one that was found', () => {
    const engine = createEngine();
    const [found, other] = [1, 2].map((n) => jwt(random, { iss: 'acme', sub: `user ${n}` })) as [string, string];
    const kept = redactor(engine, [found], blotter([found]))(`API_KEY=${other} of the shop`);
    expect(kept).toContain('of the shop');
    for (let at = found.indexOf('.'); at + 10 <= other.length; at++)
      expect(kept).not.toContain(other.slice(at, at + 10));
  });

  test('keeps words, hosts and short runs that a secret happens to hold', () => {
    const url = `https://prod-12.westeurope.logic.example:443/workflows/${random.hex(32)}/triggers/manual/paths/invoke`;
    const hook = redactor(fakeEngine, [url], blotter([url]));
    for (const text of ['prod-12.westeurope.logic.example', '/properties/triggers/manual', 'Workflows of HR'])
      expect(hook(text)).toBe(text);
    expect(clean('Send mail to finance')).toBe('Send mail to finance');
  });

  test('sees through the escapes of a pointer', () => {
    const url = `https://hooks.acme.example/in/${random.alnum(24)}`;
    const hook = redactor(fakeEngine, [url], blotter([url]));
    const kept = hook(`flow.json#/nodes/${url.replaceAll('/', '~1')}/type`);
    expect(kept).not.toContain(url.slice(-24, -4));
    expect(kept).toMatch(/^flow\.json#\/nodes\/.*\/type$/);
  });

  test('a megabyte costs no more than its length', async () => {
    const took = await processorTime(() => {
      clean('x'.repeat(1_000_000));
      clean('a1'.repeat(500_000));
    });
    expect(took).toBeLessThan(2_000);
  });
});
